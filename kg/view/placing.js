// A place for an entity that was not drawn at first: the nearest free one to something that it is tied to.
kg.placing = (() => {
  const WIDE = 180;
  const HIGH = 80;

  const free = (x, y) =>
    [...kg.model.drawn.values()].every((node) => Math.abs(node.x - x) >= WIDE || Math.abs(node.y - y) >= HIGH);

  function around(middle) {
    for (let radius = 130; ; radius += 60) {
      for (let step = 0; step < 16; step += 1) {
        const x = Math.round(middle.x + 1.3 * radius * Math.cos((step * Math.PI) / 8));
        const y = Math.round(middle.y + radius * Math.sin((step * Math.PI) / 8));
        if (free(x, y)) return { x, y };
      }
    }
  }

  function anchor(id) {
    const ends = kg.model.ties.get(id).flatMap((edge) => [edge.from, edge.to]);
    return ends.map((end) => kg.model.drawn.get(end)).find(Boolean) ?? { x: 0, y: 0 };
  }

  function newcomer(id) {
    const { label, type } = kg.model.entities.get(id);
    return { id, label, group: type, size: 14, ...around(anchor(id)) };
  }

  return { newcomer };
})();

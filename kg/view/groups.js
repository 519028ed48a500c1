// Communities of a large graph: folded into one node each, unfolded in place with the others moved outward.
kg.groups = (() => {
  const { model } = kg;
  const CAPACITY = 1500;
  const MOST_LINES = 3;
  const ROOM = 60;
  const { drawn } = model;
  const list = [...model.groups.values()];
  const members = new Map(list.map((group) => [group.id, []]));
  for (const entity of model.entities.values()) if (entity.home >= 0) members.get(list[entity.home].id).push(entity);
  for (const some of members.values()) some.sort((a, b) => model.ties.get(b.id).length - model.ties.get(a.id).length || (a.id < b.id ? -1 : 1));

  const isOpen = (id) => model.state.open.has(id);
  const places = new Map();

  function moveOutward(centre, reach) {
    for (const place of [...drawn.values(), ...places.values()]) {
      const [dx, dy] = [place.x - centre.x, place.y - centre.y];
      const away = Math.hypot(dx, dy);
      if (away < 1) continue;
      place.x = Math.round(place.x + (dx / away) * reach);
      place.y = Math.round(place.y + (dy / away) * reach);
    }
  }

  function unfold(id) {
    const waiting = members.get(id).filter((entity) => !drawn.has(entity.id)).slice(0, Math.max(0, CAPACITY - drawn.size));
    const reach = Math.max(0, ...waiting.map((entity) => Math.hypot(entity.x, entity.y))) + ROOM;
    const centre = { x: places.get(id).x, y: places.get(id).y };
    moveOutward(centre, reach);
    for (const entity of waiting) {
      const size = Math.round(10 + 3.4 * Math.sqrt(Math.min(36, model.ties.get(entity.id).length)));
      drawn.set(entity.id, { id: entity.id, label: entity.label, group: entity.type, size, x: centre.x + entity.x, y: centre.y + entity.y });
    }
  }

  function unfoldAll() {
    for (const { id, x, y } of list) places.set(id, { x, y });
    for (const id of model.state.open) unfold(id);
  }

  const hiddenCount = (id) => members.get(id).filter((entity) => !drawn.has(entity.id)).length;

  // The folded ones that still hide somebody, as nodes.
  function nodes() {
    if (model.state.focus) return [];
    const folded = list.filter((group) => !isOpen(group.id) && hiddenCount(group.id) > 0);
    return folded.map(({ id, size }) => ({ id, group: "Group", size, ...places.get(id) }));
  }

  // Where an entity is to be found: itself, or the group that it is folded into.
  function standIn(id) {
    if (drawn.has(id)) return model.state.hidden.has(id) ? null : id;
    const home = model.entities.get(id).home;
    return home < 0 || isOpen(list[home].id) ? null : list[home].id;
  }

  // The strongest ties of each folded group, as lines with the number of ties that they stand for.
  function lines() {
    if (!list.length || model.state.focus) return [];
    const counts = new Map();
    for (const edge of model.edges) {
      if ((drawn.has(edge.from) && drawn.has(edge.to)) || !model.permits(edge)) continue;
      const ends = [standIn(edge.from), standIn(edge.to)].sort();
      if (ends[0] === null || ends[1] === null || ends[0] === ends[1]) continue;
      const key = JSON.stringify(ends);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const kept = new Map();
    const strongest = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return strongest.filter(([key]) => {
      const ends = JSON.parse(key).filter((id) => model.groups.has(id));
      const room = ends.some((id) => (kept.get(id) ?? 0) < MOST_LINES);
      if (room) ends.forEach((id) => kept.set(id, (kept.get(id) ?? 0) + 1));
      return room;
    }).map(([key, count]) => ({ id: `group:${key}`, ends: JSON.parse(key), count }));
  }

  const label = (id) => kg.dom.say("group_label", { name: model.name(id), count: hiddenCount(id) });
  const place = (id) => places.get(id);

  return { CAPACITY, hiddenCount, isOpen, label, lines, members, nodes, place, unfoldAll };
})();

// Steps along the ties that the filters let through: who is near, and the shortest way from one to another.
kg.paths = (() => {
  const { model } = kg;
  const MOST = 400;

  function* steps(id) {
    for (const edge of model.ties.get(id)) {
      const other = edge.from === id ? edge.to : edge.from;
      if (model.permits(edge) && !model.state.hidden.has(other)) yield other;
    }
  }

  // Ids within so many ties, nearest first, at most four hundred; the focus itself comes first.
  function within(id, hops) {
    const found = new Set([id]);
    let border = [id];
    for (let hop = 0; hop < hops; hop += 1) {
      const next = [];
      for (const here of border) for (const other of steps(here)) {
        if (found.size < MOST && !found.has(other)) {
          found.add(other);
          next.push(other);
        }
      }
      border = next;
    }
    return [...found];
  }

  // Ids from one to the other, or nothing.
  function shortest(from, to) {
    const cameFrom = new Map([[from, null]]);
    for (const here of cameFrom.keys()) {
      if (here === to) break;
      for (const other of steps(here)) if (!cameFrom.has(other)) cameFrom.set(other, here);
    }
    if (!cameFrom.has(to)) return [];
    const way = [];
    for (let here = to; here !== null; here = cameFrom.get(here)) way.unshift(here);
    return way;
  }

  const joins = (a, b) => (edge) => (edge.from === a && edge.to === b) || (edge.from === b && edge.to === a);

  // The path as a choice: its entities, and for each step the ties between its two ends.
  function choice(from, to) {
    const nodes = shortest(from, to);
    const pairs = nodes.slice(1).map((id, place) => [nodes[place], id]);
    const between = pairs.map(([a, b]) => model.ties.get(a).filter(joins(a, b)).filter(model.permits));
    return { kind: "path", nodes: nodes.length ? nodes : [from, to], steps: between };
  }

  return { choice, within };
})();

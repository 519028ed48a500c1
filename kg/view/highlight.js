// Paint under and over the drawing: the path of a finding or between two as a thick band, a cross on what is denied, a
// ring around what is pinned, a dot on what has a note.
kg.highlight = (() => {
  const { model, theme } = kg;
  const { bundles } = kg;
  const AT_ONCE = 3;

  const banded = () => ["finding", "path"].includes(model.state.chosen?.kind);

  // Ids of the lines on the path of the choice.
  function path() {
    return banded() ? [...new Set(model.subject().edges.map((edge) => bundles.bundleOf.get(edge.id)))].filter(Boolean) : [];
  }

  function band(context, network, [from, to]) {
    const [start, end] = [network.getPosition(from), network.getPosition(to)];
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.lineTo(end.x, end.y);
    context.stroke();
  }

  function halo(context, network, id, strong) {
    const { x, y } = network.getPosition(id);
    context.beginPath();
    context.arc(x, y, model.drawn.get(id).size + (strong ? 13 : 8), 0, 2 * Math.PI);
    context.fill();
  }

  function colour() {
    const { chosen } = model.state;
    if (chosen.kind === "path") return "band-way";
    return model.findings.get(chosen.id).tier === "suppressed" ? "band-quiet" : "band";
  }

  // Where nothing is chosen, the paths of the gravest findings that hold.
  function faintly(context, network, stands) {
    const held = [...model.findings.values()].filter(({ tier }) => !["watch", "suppressed"].includes(tier)).slice(0, AT_ONCE);
    const edges = held.flatMap((finding) => model.linesOf(finding.premises));
    const ids = new Set(edges.map((edge) => bundles.bundleOf.get(edge.id)).filter(Boolean));
    context.save();
    context.strokeStyle = theme.colour("band-faint");
    context.lineWidth = Math.max(9, 5 / network.getScale());
    context.lineCap = "round";
    for (const id of ids) if (JSON.parse(id).every(stands)) band(context, network, JSON.parse(id));
    context.restore();
  }

  function under(context, network, stands) {
    const { chosen } = model.state;
    if (!chosen && !model.state.focus) return faintly(context, network, stands);
    if (!banded()) return undefined;
    const first = chosen.kind === "finding" ? model.findings.get(chosen.id).party : chosen.nodes[0];
    context.save();
    context.strokeStyle = context.fillStyle = theme.colour(colour());
    context.lineWidth = Math.max(14, 5 / network.getScale());
    context.lineCap = "round";
    for (const id of path()) band(context, network, JSON.parse(id));
    for (const id of model.subject().nodes.filter(stands)) halo(context, network, id, id === first);
    return context.restore();
  }

  function cross(context, { x, y }, size) {
    context.beginPath();
    for (const side of [-1, 1]) {
      context.moveTo(x - size, y - side * size);
      context.lineTo(x + size, y + side * size);
    }
    context.stroke();
  }

  // A quarter along the line, clear of the label in its middle.
  const quarter = (start, end) => ({ x: start.x + (end.x - start.x) / 4, y: start.y + (end.y - start.y) / 4 });

  function sign(context, network, id) {
    const { x, y } = network.getPosition(id);
    const { size } = model.drawn.get(id);
    if (model.state.pinned.has(id)) {
      context.beginPath();
      context.arc(x, y, size + 4, 0, 2 * Math.PI);
      context.stroke();
    }
    if (!model.state.notes.has(id)) return;
    context.beginPath();
    context.arc(x + size * 0.8, y - size * 0.8, 5, 0, 2 * Math.PI);
    context.fill();
  }

  function over(context, network, bright, stands) {
    context.save();
    context.strokeStyle = theme.colour("muted");
    context.lineWidth = 2.2;
    for (const [id, edges] of bundles.held) {
      if (bundles.standing(bundles.foremost(edges)) !== "denied" || !bright(edges)) continue;
      const [from, to] = JSON.parse(id);
      cross(context, quarter(network.getPosition(from), network.getPosition(to)), 6);
    }
    context.strokeStyle = context.fillStyle = theme.colour("alarm");
    const marked = new Set([...model.state.pinned.keys(), ...model.state.notes.keys()]);
    for (const id of marked) if (stands(id)) sign(context, network, id);
    context.restore();
  }

  return { over, path, quarter, under };
})();

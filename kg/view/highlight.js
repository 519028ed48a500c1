// Paint under and over the drawing: the path of a finding as a thick band, and a cross on what is denied.
kg.highlight = (() => {
  const { model, theme } = kg;

  const finding = () => (model.state.chosen?.kind === "finding" ? model.findings.get(model.state.chosen.id) : null);

  // Ids of the lines on the path of the chosen finding.
  function path(bundleOf) {
    return finding() ? [...new Set(model.subject().edges.map((edge) => bundleOf.get(edge.id)))].filter(Boolean) : [];
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

  function under(context, network, bundles, bundleOf) {
    const chosen = finding();
    if (!chosen) return;
    context.save();
    context.strokeStyle = context.fillStyle = theme.colour(chosen.tier === "suppressed" ? "band-quiet" : "band");
    context.lineWidth = 14;
    context.lineCap = "round";
    for (const id of path(bundleOf)) band(context, network, JSON.parse(id));
    for (const id of model.subject().nodes) halo(context, network, id, id === chosen.party);
    context.restore();
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
  function quarter(network, [from, to]) {
    const [start, end] = [network.getPosition(from), network.getPosition(to)];
    return { x: start.x + (end.x - start.x) / 4, y: start.y + (end.y - start.y) / 4 };
  }

  function over(context, network, bundles) {
    context.save();
    context.strokeStyle = theme.colour("muted");
    context.lineWidth = 2.2;
    for (const [id, edges] of bundles) {
      if (kg.graph.standing(kg.graph.foremost(edges)) === "denied" && kg.graph.bright(edges)) cross(context, quarter(network, JSON.parse(id)), 6);
    }
    context.restore();
  }

  return { over, path, under };
})();

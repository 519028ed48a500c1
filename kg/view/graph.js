// The drawing: vis-network over the visible part of the model, one line between two entities however many ties it has.
kg.graph = (() => {
  const { announce, byId, calm, say } = kg.dom;
  const { model, theme } = kg;
  const nodes = new vis.DataSet();
  const lines = new vis.DataSet();
  const bundles = new Map();
  const bundleOf = new Map();
  const LONGEST_LABEL = 28;
  let network = null;

  const pair = (edge) => JSON.stringify([edge.from, edge.to].sort());

  function bundled(edges) {
    const found = new Map();
    for (const edge of edges) found.set(pair(edge), [...(found.get(pair(edge)) ?? []), edge]);
    return found;
  }

  const RANK = ["asserted", "reported", "hedged", "denied"];
  const standing = (edge) => model.standing(edge) ?? model.standing(edge, true);
  const rank = (edge) => RANK.indexOf(standing(edge)) * 2 + (edge.ended ? 1 : 0);
  const foremost = (edges) => [...edges].sort((a, b) => rank(a) - rank(b) || b.sources - a.sources)[0];

  const shortened = (words) => (words.length > LONGEST_LABEL ? `${words.slice(0, LONGEST_LABEL)}…` : words);

  function label(edges) {
    const first = foremost(edges);
    const sign = standing(first) === "denied" ? "× " : first.ended ? `${say("former")}: ` : "";
    const rest = edges.length - 1;
    return `${sign}${shortened(first.label)}${rest ? ` ${say("more", { count: rest })}` : ""}`;
  }

  function arrows(edges) {
    const towards = (end) => edges.some((edge) => !edge.symmetric && edge.to === end);
    const { from, to } = edges[0];
    const head = (on) => ({ enabled: on, scaleFactor: 0.55 });
    return { to: head(towards(to)), from: head(from !== to && towards(from)) };
  }

  function line(id, edges, lit, dimmed) {
    const first = foremost(edges);
    const said = standing(first);
    const faint = said === "denied" || first.ended;
    const colour = theme.colour(dimmed ? "faint" : faint ? "line-faint" : "line");
    return {
      id, from: edges[0].from, to: edges[0].to, label: dimmed ? "" : label(edges), arrows: arrows(edges),
      dashes: theme.DASHES[said], width: 1.3 + 0.9 * (Math.min(6, Math.max(...edges.map((e) => e.sources))) - 1),
      color: { color: colour, highlight: theme.colour("accent"), hover: theme.colour("ink") },
      font: theme.edgeFont(lit), scaling: { label: { drawThreshold: lit ? 3 : 8 } },
    };
  }

  // Whom the choice lights up; null where nothing is chosen.
  function spotlight(edges) {
    const { chosen } = model.state;
    if (!chosen) return null;
    const about = model.subject();
    const near = chosen.kind === "entity" ? edges.filter((e) => e.from === chosen.id || e.to === chosen.id) : about.edges;
    return { edges: new Set(near), nodes: new Set([...about.nodes, ...near.flatMap((e) => [e.from, e.to])]) };
  }

  function node(id, light) {
    const away = light !== null && !light.nodes.has(id);
    const drawn = model.drawn.get(id);
    const font = { ...drawn.font, ...theme.nodeFont(), ...(away ? { color: theme.colour("faint-ink") } : {}) };
    return { ...drawn, opacity: away ? 0.25 : 1, font };
  }

  function replace(set, items) {
    const kept = new Set(items.map((item) => item.id));
    set.remove(set.getIds().filter((id) => !kept.has(id)));
    set.update(items);
  }

  function draw() {
    const shown = model.visible();
    const light = spotlight(shown.edges);
    bundles.clear();
    bundleOf.clear();
    for (const [id, edges] of bundled(shown.edges)) {
      bundles.set(id, edges);
      for (const edge of edges) bundleOf.set(edge.id, id);
    }
    const isLit = (edges) => light !== null && edges.some((edge) => light.edges.has(edge));
    const drawnLines = [...bundles].map(([id, edges]) => line(id, edges, isLit(edges), light !== null && !isLit(edges)));
    replace(lines, []);
    replace(nodes, shown.nodes.map((id) => node(id, light)));
    replace(lines, drawnLines);
    select();
    byId("clear").hidden = model.state.chosen === null;
  }

  function select() {
    const { chosen } = model.state;
    const about = chosen && chosen.kind !== "finding" ? model.subject() : { edges: [], nodes: [] };
    const picked = about.edges.map((edge) => bundleOf.get(edge.id)).filter(Boolean);
    const single = chosen && chosen.kind === "entity" ? about.nodes : [];
    network.setSelection({ nodes: single, edges: [...new Set(picked)] }, { highlightEdges: false });
  }

  function showing() {
    const { entities, edges, drawn, ties } = model;
    const shown = model.visible();
    const counts = { nodes: shown.nodes.length, all_nodes: entities.size, edges: shown.edges.length, all_edges: edges.length };
    const untied = [...ties.values()].filter((list) => list.length === 0).length;
    const capped = drawn.size < entities.size - untied;
    return [
      say("showing", counts), untied ? say("showing_untied", { count: untied }) : "",
      capped ? say("showing_capped", { capacity: drawn.size }) : "",
      shown.nodes.length ? "" : say(entities.size ? "nothing_drawn" : "empty_graph"),
    ].filter(Boolean).join(" ");
  }

  // Whether a line is shown in full: it belongs to the choice, or nothing is chosen.
  function bright(edges) {
    const light = spotlight(edges);
    return light === null || edges.some((edge) => light.edges.has(edge));
  }

  const gently = () => (calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  const fit = (ids) => network.fit({ ...(ids ? { nodes: ids } : {}), animation: gently(), maxZoomLevel: 1.4 });

  function look() {
    const { chosen } = model.state;
    if (!chosen || chosen.origin === "graph") return;
    const { nodes: named } = model.subject();
    const near = chosen.kind === "entity" ? [...named, ...network.getConnectedNodes(chosen.id)] : named;
    fit(near.filter((id) => nodes.get(id) !== null));
  }

  function refresh() {
    draw();
    byId("showing").textContent = showing();
  }

  function zoom(factor) {
    network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation: gently() });
  }

  function picked({ nodes: ids, edges: sets }) {
    if (ids.length) return model.choose({ kind: "entity", id: ids[0] }, "graph");
    if (sets.length) return model.choose({ kind: "edges", ids: bundles.get(sets[0]).map((edge) => edge.id) }, "graph");
    if (model.state.chosen) announce(say("cleared"));
    return model.choose(null);
  }

  function start() {
    network = new vis.Network(byId("graph"), { nodes, edges: lines }, { ...kg.data.options, groups: theme.groups() });
    network.on("click", picked);
    network.on("dragEnd", ({ nodes: ids }) => ids.forEach((id) => Object.assign(model.drawn.get(id), network.getPosition(id))));
    network.on("beforeDrawing", (context) => kg.highlight.under(context, network, bundles, bundleOf));
    network.on("afterDrawing", (context) => kg.highlight.over(context, network, bundles));
    for (const [id, act] of [["zoom-in", () => zoom(1.3)], ["zoom-out", () => zoom(1 / 1.3)], ["fit", () => fit()]]) {
      byId(id).addEventListener("click", act);
    }
    byId("clear").addEventListener("click", () => picked({ nodes: [], edges: [] }));
    theme.dark.addEventListener("change", () => { network.setOptions({ groups: theme.groups() }); refresh(); });
    refresh();
    network.fit({ animation: false, maxZoomLevel: 1.4 });
  }

  // Where an entity, or the middle of an edge's line, is on the screen, in pixels of the window; null if not drawn.
  function positionOf(id) {
    const edge = model.lines.get(id);
    const ends = edge ? (bundleOf.has(id) ? [edge.from, edge.to] : []) : nodes.get(id) ? [id] : [];
    if (!ends.length) return null;
    const at = ends.map((end) => network.canvasToDOM(network.getPosition(end)));
    const frame = byId("graph").getBoundingClientRect();
    const middle = (axis) => at.reduce((sum, point) => sum + point[axis], 0) / at.length;
    return { x: frame.left + middle("x"), y: frame.top + middle("y") };
  }

  const drawnNow = () => ({ nodes: nodes.length, lines: lines.length, highlighted: kg.highlight.path(bundleOf) });

  return { bright, drawnNow, foremost, label, look, positionOf, refresh, standing, start };
})();

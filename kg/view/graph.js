// The drawing: vis-network over the visible part of the model. It draws shapes and lines; labels.js writes the words.
kg.graph = (() => {
  const { announce, byId, calm, say } = kg.dom;
  const { bundles, groups, labels, model, theme } = kg;
  const nodes = new vis.DataSet();
  const lines = new vis.DataSet();
  const CROWD = 150;
  const WIDEST = 6;
  const CLOSEST = 1.4;
  const ROOM_WIDE = 74;
  const ROOM_HIGH = 46;
  let network = null;
  let light = null;
  let shown = { nodes: [], edges: [] };
  let order = [];
  let busy = false;

  function line(id, edges, lit, dimmed) {
    const first = bundles.foremost(edges);
    const said = bundles.standing(first);
    const faint = said === "denied" || first.past;
    const colour = theme.colour(dimmed ? "faint" : faint ? "line-faint" : lit ? "muted" : "line");
    const head = (enabled) => ({ enabled, scaleFactor: 0.55 });
    const arrows = bundles.arrows(edges);
    return {
      id, from: edges[0].from, to: edges[0].to, arrows: { to: head(arrows.to), from: head(arrows.from) },
      dashes: theme.DASHES[said], width: 1.3 + 0.9 * (Math.min(WIDEST, Math.max(...edges.map((e) => e.sources))) - 1),
      color: { color: colour, highlight: theme.colour("accent"), hover: theme.colour("ink") },
    };
  }

  function groupLine({ id, ends: [from, to], count }) {
    const colour = theme.colour(light ? "faint" : "line-faint");
    return { id, from, to, width: 1 + Math.min(5, Math.log2(count)), dashes: false, color: { color: colour, highlight: colour, hover: colour } };
  }

  // Whom the choice lights up; null where nothing is chosen.
  function spotlight(edges) {
    const { chosen } = model.state;
    if (!chosen || chosen.kind === "group") return null;
    const about = model.subject();
    const near = chosen.kind === "entity" ? edges.filter((e) => e.from === chosen.id || e.to === chosen.id) : about.edges;
    return { edges: new Set(near), nodes: new Set([...about.nodes, ...near.flatMap((e) => [e.from, e.to])]) };
  }

  const away = (id) => light !== null && !light.nodes.has(id);
  const node = ({ label, ...drawn }) => ({ ...drawn, opacity: away(drawn.id) ? 0.25 : 1 });

  function replace(set, items) {
    const kept = new Set(items.map((item) => item.id));
    const gone = set.getIds().filter((id) => !kept.has(id));
    if (gone.length) set.remove(gone);
    set.update(items);
  }

  const inFindings = new Set([...model.findings.values()].filter((one) => !["watch", "suppressed"].includes(one.tier)).flatMap((one) => [one.party, ...one.organizations]));

  // Bright ones, those of findings and much tied ones first: that is the order in which names find room.
  function ranked() {
    const weight = (id) => (inFindings.has(id) ? 1e4 : 0) + (model.state.chosen?.id === id ? 1e9 : light?.nodes.has(id) ? 1e6 : 0) + (model.ties.get(id)?.length ?? model.groups.get(id).count / 8);
    return [...nodes.getIds()].sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1));
  }

  const isBright = (edges) => light === null || edges.some((edge) => light.edges.has(edge));

  function fill() {
    shown = model.visible();
    light = spotlight(shown.edges);
    bundles.gather(shown.edges);
    const drawnLines = [...bundles.held].map(([id, edges]) => line(id, edges, light !== null && isBright(edges), !isBright(edges)));
    busy = true; // vis-network may paint while its nodes and lines are changed one after the other
    replace(lines, []);
    replace(nodes, [...shown.nodes.map((id) => node(model.drawn.get(id))), ...groups.nodes().map(node)]);
    replace(lines, [...drawnLines, ...groups.lines().filter(({ ends }) => ends.every((id) => nodes.get(id))).map(groupLine)]);
    order = ranked();
    busy = false;
  }

  function draw() {
    fill();
    told();
  }

  function told() {
    select();
    byId("showing").textContent = showing();
    byId("clear").hidden = model.state.chosen === null && model.state.focus === null;
  }

  function select() {
    const { chosen } = model.state;
    const about = ["entity", "edges"].includes(chosen?.kind) ? model.subject() : { edges: [], nodes: [] };
    const picked = about.edges.map((edge) => bundles.bundleOf.get(edge.id)).filter(Boolean);
    const single = chosen?.kind === "entity" || chosen?.kind === "group" ? [chosen.id].filter((id) => nodes.get(id)) : [];
    network.setSelection({ nodes: single, edges: [...new Set(picked)] }, { highlightEdges: false });
  }

  function showing() {
    const { entities, edges, state, untied } = model;
    const counts = { nodes: shown.nodes.length, all_nodes: entities.size, edges: shown.edges.length, all_edges: edges.length };
    const folded = groups.nodes().length;
    const leftOut = model.graph.left_out.entities;
    return [
      say("showing", counts), leftOut ? say("showing_left_out", { count: leftOut }) : "", untied ? say("showing_untied", { count: untied }) : "",
      folded ? say("showing_folded", { count: folded }) : "", state.hidden.size ? say("showing_hidden", { count: state.hidden.size }) : "",
      state.focus ? say("focus", { hops: state.focus.hops, name: model.name(state.focus.id) }) : "",
      shown.nodes.length ? "" : say(entities.size ? "nothing_drawn" : "empty_graph"),
    ].filter(Boolean).join(" ");
  }

  const words = (id) => (model.groups.has(id) ? groups.label(id) : model.drawn.get(id)?.label ?? "");

  function look(id) {
    const chief = model.state.chosen?.id === id || (light?.nodes.has(id) ?? false);
    const group = model.groups.has(id);
    return { words: words(id), size: chief ? 14 : 12.5, bold: chief && model.state.chosen?.id === id, colour: away(id) ? "faint-ink" : group ? "muted" : "ink" };
  }

  // Nodes and lines in pixels of the canvas, those within sight.
  function inPixels(wide, high) {
    const scale = network.getScale();
    const at = new Map();
    for (const id of order) {
      const { x, y } = network.canvasToDOM(network.getPosition(id));
      at.set(id, { id, x, y, r: Math.max(1, nodes.get(id).size * scale) });
    }
    const inside = ({ x, y }) => x > -60 && y > -40 && x < wide + 60 && y < high + 40;
    const names = [...at.values()].filter(inside).map((place) => ({ ...place, ...(away(place.id) ? { words: "" } : look(place.id)) }));
    const ties = [...bundles.held].filter(([, edges]) => (light === null ? order.length <= CROWD || scale > 0.6 : isBright(edges)));
    const joined = ties.map(([id, edges]) => ({
      id, from: at.get(edges[0].from), to: at.get(edges[0].to), words: bundles.label(edges), size: light === null ? 11.5 : 13, colour: light === null ? "muted" : "ink",
    }));
    return { names, ties: joined.filter(({ from, to }) => from !== to && (inside(from) || inside(to))) };
  }

  function write(context) {
    const { width, height, clientWidth, clientHeight } = context.canvas;
    const { names, ties } = inPixels(clientWidth, clientHeight);
    context.save();
    context.setTransform(width / clientWidth, 0, 0, height / clientHeight, 0, 0);
    labels.paint(context, names, ties, { width: clientWidth, height: clientHeight });
    context.restore();
  }

  function over(context) {
    kg.highlight.over(context, network, isBright, stands);
    write(context);
  }

  const gently = () => (calm.matches || order.length > CROWD ? false : { duration: 350, easingFunction: "easeInOutQuad" });

  // All of these in sight, with room for their names.
  function fit(ids = nodes.getIds(), animation = gently()) {
    const places = ids.map((id) => network.getPosition(id));
    if (!places.length) return;
    const { clientWidth, clientHeight } = byId("graph");
    const [left, right] = [Math.min(...places.map((p) => p.x)), Math.max(...places.map((p) => p.x))];
    const [top, bottom] = [Math.min(...places.map((p) => p.y)), Math.max(...places.map((p) => p.y))];
    const scale = Math.min(order.length > CROWD ? CLOSEST / 2 : CLOSEST, (clientWidth - 2 * ROOM_WIDE) / Math.max(1, right - left), (clientHeight - 2 * ROOM_HIGH) / Math.max(1, bottom - top));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(0.01, scale), animation });
  }

  function lookAt() {
    const { chosen, focus } = model.state;
    if (!chosen && focus) return fit(shown.nodes);
    if (!chosen || ["graph", "address"].includes(chosen.origin)) return undefined;
    const { nodes: named } = model.subject();
    const near = chosen.kind === "entity" ? [...named, ...network.getConnectedNodes(chosen.id)] : named;
    const held = near.filter((id) => nodes.get(id) !== null);
    return held.length ? fit(held) : undefined;
  }

  function zoom(factor) {
    network.moveTo({ scale: Math.min(4, Math.max(0.02, network.getScale() * factor)), animation: gently() });
  }

  function pick(id) {
    if (model.groups.has(id)) return model.choose({ kind: "group", id }, "graph");
    if (bundles.held.has(id)) return model.choose({ kind: "edges", ids: bundles.held.get(id).map((edge) => edge.id) }, "graph");
    return model.choose({ kind: "entity", id }, "graph");
  }

  // A click on a name or a relation counts as one on its node or line.
  function picked({ nodes: ids, edges: sets, pointer }) {
    const label = pointer && labels.at(pointer.DOM.x, pointer.DOM.y);
    if (ids.length) return pick(ids[0]);
    if (label) return pick(label.id);
    if (sets.length && bundles.held.has(sets[0])) return pick(sets[0]);
    if (model.state.chosen) announce(say("cleared"));
    return model.choose(null);
  }

  function moved({ nodes: ids }) {
    const own = ids.filter((id) => model.drawn.has(id));
    if (own.length) kg.marks.pin(own.map((id) => [id, network.getPosition(id)]));
  }

  function unfold({ nodes: ids }) {
    if (ids.length) kg.marks.unfold(ids[0]);
  }

  function clear() {
    model.set({ chosen: null, focus: null, pathFrom: "" });
    announce(say("cleared"));
  }

  const stands = (id) => nodes.get(id) !== null;

  function start() {
    fill(); // before vis-network looks, which works everything out anew after each change
    network = new vis.Network(byId("graph"), { nodes, edges: lines }, { ...kg.data.options, groups: theme.groups() });
    network.on("click", picked);
    network.on("doubleClick", unfold);
    network.on("dragEnd", moved);
    network.on("beforeDrawing", (context) => busy || kg.highlight.under(context, network, stands));
    network.on("afterDrawing", (context) => busy || over(context));
    for (const [id, act] of [["zoom-in", () => zoom(1.3)], ["zoom-out", () => zoom(1 / 1.3)], ["fit", () => fit()], ["clear", clear]]) {
      byId(id).addEventListener("click", act);
    }
    theme.dark.addEventListener("change", () => { network.setOptions({ groups: theme.groups() }); draw(); });
    told();
    fit(nodes.getIds(), false);
  }

  // Where an entity, or an edge's line clear of other names, is on the screen, in pixels of the window; null if not drawn.
  function positionOf(id) {
    const edge = model.lines.get(id);
    const ends = edge ? (bundles.bundleOf.has(id) ? [edge.from, edge.to] : []) : nodes.get(id) ? [id, id] : [];
    if (!ends.length) return null;
    const [from, to] = ends.map((end) => network.canvasToDOM(network.getPosition(end)));
    const points = [0.5, 0.42, 0.58, 0.34, 0.66].map((share) => ({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) }));
    const covered = ({ x, y }) => edge && ![undefined, bundles.bundleOf.get(id)].includes(labels.at(x, y)?.id);
    const { x, y } = points.find((point) => !covered(point)) ?? points[0];
    const frame = byId("graph").getBoundingClientRect();
    return { x: frame.left + x, y: frame.top + y };
  }

  const drawnNow = () => ({ nodes: shown.nodes.length, lines: lines.length, highlighted: kg.highlight.path() });
  const scene = () => ({ network, nodes, lines, order, shown, light, inPixels, isBright });

  return { drawnNow, fit, lookAt, pick, positionOf, refresh: draw, scene, start };
})();

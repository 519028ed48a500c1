// Puts the parts together. window.kg.positionOf(id) and window.kg.drawn() tell where and how much is drawn.
(() => {
  const { byId, element, say } = kg.dom;
  const { model } = kg;
  let shown;

  function holding(number, key) {
    return number === "" ? [] : [element("div", {}, element("dt", {}, say(`holds_${key}`)), element("dd", {}, String(number)))];
  }

  function masthead() {
    const { graph } = model;
    const held = graph.findings.filter((finding) => !["watch", "suppressed"].includes(finding.tier));
    byId("scope").textContent = graph.focus ? say("focus", { hops: graph.hops, name: model.name(graph.focus) }) : "";
    const counts = { entities: model.entities.size, edges: model.edges.length, statements: model.statements.size, documents: graph.documents.length };
    byId("holdings").append(
      ...Object.entries(counts).flatMap(([key, count]) => holding(count + (graph.left_out[key] ?? 0), key)),
      ...holding(held.length, "findings"), ...holding(graph.as_of, "as_of"),
      ...holding(graph.newest === graph.as_of ? "" : graph.newest, "newest"),
    );
  }

  function refresh() {
    kg.graph.refresh();
    follow();
  }

  // The parts that follow what the drawing shows.
  function follow() {
    kg.filters.refresh();
    kg.time.refresh();
    kg.table.refresh();
    byId("path-next").textContent = model.state.pathFrom ? say("path_next", { name: model.name(model.state.pathFrom) }) : "";
    if (shown === model.state.chosen) return;
    shown = model.state.chosen;
    kg.panel.show();
    kg.conflicts.refresh();
    kg.graph.lookAt();
  }

  masthead();
  kg.address.read(window.location.hash);
  if (!model.state.chosen && model.graph.focus) model.state.chosen = { kind: "entity", id: model.graph.focus, origin: "start" };
  model.tell();
  for (const part of ["time", "conflicts", "filters", "search", "table", "graph", "hover", "saving", "steps", "history"]) kg[part].start();
  model.listeners.push(refresh);
  follow();
  kg.positionOf = kg.graph.positionOf;
  kg.drawn = kg.graph.drawnNow;
})();

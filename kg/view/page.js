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
    byId("holdings").append(
      ...holding(model.entities.size, "entities"), ...holding(model.edges.length, "edges"),
      ...holding(model.statements.size, "statements"), ...holding(Object.keys(graph.documents).length, "documents"),
      ...holding(held.length, "findings"), ...holding(graph.as_of, "as_of"),
      ...holding(graph.newest === graph.as_of ? "" : graph.newest, "newest"),
    );
  }

  function refresh() {
    kg.graph.refresh();
    kg.filters.refresh();
    kg.table.refresh();
    if (shown === model.state.chosen) return;
    shown = model.state.chosen;
    kg.panel.show();
    kg.conflicts.refresh();
    kg.graph.look();
  }

  masthead();
  for (const part of ["conflicts", "filters", "search", "table", "graph"]) kg[part].start();
  model.listeners.push(refresh);
  model.choose(model.graph.focus ? { kind: "entity", id: model.graph.focus } : null, "start");
  kg.positionOf = kg.graph.positionOf;
  kg.drawn = kg.graph.drawnNow;
})();

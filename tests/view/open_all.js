() => {
  const { model } = kg;
  const show = (choice) => { model.state.chosen = { ...choice, origin: "panel" }; kg.panel.show(); };
  for (const finding of model.findings.keys()) show({ kind: "finding", id: finding });
  for (const edge of model.edges) show({ kind: "edges", ids: [edge.id] });
  for (const id of model.entities.keys()) {
    show({ kind: "entity", id });
    document.querySelectorAll("#panel details").forEach((one) => { one.open = true; one.dispatchEvent(new Event("toggle")); });
    kg.hover.show(id, { x: 5, y: 5 });
  }
}

// The whole name, or all relations of a line, beside the pointer.
kg.hover = (() => {
  const { byId, say } = kg.dom;
  const { bundles, model } = kg;

  function wordsOf(id) {
    if (model.groups.has(id)) return kg.groups.label(id);
    if (bundles.held.has(id)) return bundles.held.get(id).map((e) => say("reads", { subject: model.name(e.from), relation: e.label, object: model.name(e.to) })).join("\n");
    return model.entities.has(id) ? `${model.name(id)}\n${say(`type_${model.typeOf(id)}`)}` : "";
  }

  function show(id, { x, y }) {
    const tip = byId("tip");
    const [frame, words] = [byId("graph").getBoundingClientRect(), wordsOf(id)];
    const note = model.state.notes.get(id);
    tip.textContent = note ? `${words}\n${note}` : words;
    tip.hidden = !words;
    tip.style.left = `${Math.max(4, Math.min(x + 14, frame.width - tip.offsetWidth - 6))}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 16, frame.height - tip.offsetHeight - 6))}px`;
  }

  const hide = () => { byId("tip").hidden = true; };

  function start() {
    const { network } = kg.graph.scene();
    network.on("hoverNode", ({ node, pointer }) => show(node, pointer.DOM));
    network.on("hoverEdge", ({ edge, pointer }) => show(edge, pointer.DOM));
    for (const gone of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(gone, hide);
    byId("graph").addEventListener("mousemove", ({ offsetX: x, offsetY: y }) => {
      const label = kg.labels.at(x, y);
      if (label) show(label.id, { x, y });
    });
  }

  return { show, start };
})();

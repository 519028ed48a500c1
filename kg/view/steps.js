// The drawing by keyboard: N and P go from name to name, the most tied first; Enter opens the one that is marked.
kg.steps = (() => {
  const { announce, byId, say } = kg.dom;
  const { model } = kg;
  let here = -1;

  function step(by) {
    const { network, order } = kg.graph.scene();
    if (!order.length) return;
    here = (here + by + order.length) % order.length;
    const id = order[here];
    network.selectNodes([id], false);
    network.moveTo({ position: network.getPosition(id), animation: false });
    const count = model.ties.get(id)?.length ?? 0;
    announce(say("step", { name: model.groups.has(id) ? kg.groups.label(id) : model.name(id), count, place: here + 1, all: order.length }));
  }

  function open() {
    const [id] = kg.graph.scene().network.getSelectedNodes();
    if (!id) return;
    if (model.groups.has(id)) model.choose({ kind: "group", id }, "keyboard");
    else model.choose({ kind: "entity", id }, "keyboard");
  }

  function unfold() {
    const [id] = kg.graph.scene().network.getSelectedNodes();
    if (id) kg.marks.unfold(id);
  }

  const ACTS = { n: () => step(1), p: () => step(-1), Enter: open, u: unfold, Escape: () => byId("clear").click() };

  function start() {
    byId("graph").addEventListener("keydown", (event) => {
      const act = event.ctrlKey || event.metaKey || event.altKey ? null : ACTS[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });
  }

  return { start };
})();

// Every change goes through here: what was is kept as an address, so that it can be undone and sent to somebody.
kg.history = (() => {
  const { announce, byId, say } = kg.dom;
  const { model } = kg;
  const LONGEST = 200;
  const past = [];

  function change(act) {
    const before = kg.address.write();
    act();
    model.tell();
    if (kg.address.write() !== before) past.push(before);
    if (past.length > LONGEST) past.shift();
    publish();
  }

  function publish() {
    byId("undo").disabled = past.length === 0;
    try {
      window.history.replaceState(null, "", `#${kg.address.write()}`);
    } catch {
      // A page inside a notebook has no address of its own.
    }
  }

  function undo() {
    if (!past.length) return;
    kg.address.read(past.pop());
    model.tell();
    publish();
    announce(say("undone"));
  }

  function go() {
    kg.address.read(window.location.hash);
    model.tell();
    publish();
  }

  const typing = (target) => ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) && target.type !== "checkbox";

  function start() {
    byId("undo").addEventListener("click", undo);
    window.addEventListener("hashchange", go);
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing(event.target)) {
        event.preventDefault();
        undo();
      }
    });
  }

  // choice: {kind: "entity", id} | {kind: "edges", ids} | {kind: "finding", id} | {kind: "group", id} | null; origin says who asked.
  function choose(choice, origin = "") {
    const { state } = model;
    const other = choice?.kind === "entity" && state.pathFrom && state.pathFrom !== choice.id;
    change(() => {
      const made = other ? kg.paths.choice(state.pathFrom, choice.id) : choice;
      if (other) state.pathFrom = "";
      state.chosen = made && { ...made, origin };
    });
  }

  const toggle = (group, value, on) => change(() => model.off[group][on ? "delete" : "add"](value));
  const set = (values) => change(() => Object.assign(model.state, values));

  function reset() {
    change(() => {
      for (const group of Object.values(model.off)) group.clear();
      model.USUALLY_OFF.forEach((kind) => model.off.standing.add(kind));
      Object.assign(model.state, { day: "", after: "", before: "", confidence: 0, focus: null, hidden: new Set() });
    });
  }

  Object.assign(model, { choose, reset, set, toggle });
  return { change, go, publish, start, undo };
})();

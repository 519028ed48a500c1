// What a reader does to what is drawn: focus, expand, find a path, hide, pin, annotate, unfold a group.
kg.marks = (() => {
  const { announce, button, byId, element, say } = kg.dom;
  const { model } = kg;
  const HOPS = [1, 2, 3];
  const LONGEST_NOTE = 600;
  const MOST_NEIGHBOURS = 200;

  const change = (act, words) => { kg.history.change(act); announce(words); };

  function pin(places) {
    const act = () => {
      for (const [id, { x, y }] of places) model.state.pinned.set(id, [Math.round(x), Math.round(y)]);
    };
    change(act, say("pinned", { name: model.name(places[0][0]) }));
  }

  function togglePin(id) {
    if (!model.state.pinned.has(id)) return pin([[id, model.drawn.get(id)]]);
    return change(() => model.state.pinned.delete(id), say("unpinned", { name: model.name(id) }));
  }

  function neighbours(id) {
    const ends = model.ties.get(id).filter(model.permits).flatMap((edge) => [edge.from, edge.to]);
    return [...new Set(ends)].filter((end) => !model.drawn.has(end)).slice(0, MOST_NEIGHBOURS);
  }

  function expand(id) {
    const found = neighbours(id);
    change(() => found.forEach((end) => model.state.added.add(end)), say("expanded", { count: found.length, name: model.name(id) }));
  }

  function hide(id) {
    change(() => { model.state.hidden.add(id); model.state.chosen = null; }, say("hidden", { name: model.name(id) }));
  }

  function focus(id, hops) {
    change(() => { model.state.focus = hops ? { id, hops } : null; }, hops ? say("focus", { hops, name: model.name(id) }) : say("cleared"));
    kg.graph.fit();
  }

  function startPath(id) {
    change(() => { model.state.pathFrom = id; }, say("path_next", { name: model.name(id) }));
    byId("search").focus();
  }

  function note(id, words) {
    const text = words.trim().slice(0, LONGEST_NOTE);
    if (text === (model.state.notes.get(id) ?? "")) return;
    change(() => (text ? model.state.notes.set(id, text) : model.state.notes.delete(id)), say("noted"));
  }

  // An entity that is folded away is unfolded with its group; a node that is an entity gets its neighbours.
  function unfold(id) {
    if (!model.groups.has(id)) return expand(id);
    if (model.drawn.size >= kg.groups.CAPACITY) return announce(say("full"));
    return change(() => { model.state.open.add(id); model.state.chosen = null; }, say("unfolded", { name: model.name(id) }));
  }

  const fold = (id) => change(() => model.state.open.delete(id), say("folded", { name: model.name(id) }));

  function noteBox(id) {
    const area = element("textarea", { id: "note", rows: "2", maxlength: String(LONGEST_NOTE), change: (event) => note(id, event.target.value) });
    area.value = model.state.notes.get(id) ?? "";
    return element("div", { class: "note" }, element("label", { for: "note" }, say("note")), area);
  }

  function hops(id) {
    const now = model.state.focus?.id === id ? model.state.focus.hops : 0;
    const one = (count) => button(String(count), () => focus(id, now === count ? 0 : count), { "aria-pressed": String(now === count), "aria-label": say("focus_on", { hops: count }), class: "quiet" });
    return element("span", { class: "hops", role: "group", "aria-label": say("focus_label") }, say("focus_label"), " ", ...HOPS.map(one));
  }

  // The tools for an entity.
  function tools(id) {
    const pinned = model.state.pinned.has(id);
    const open = model.groups.size && model.entities.get(id).home >= 0 ? [...model.groups.keys()][model.entities.get(id).home] : "";
    return element(
      "div", { class: "marks" }, hops(id),
      button(say("expand"), () => expand(id), { class: "quiet" }),
      button(say("path_from"), () => startPath(id), { class: "quiet" }),
      button(say(pinned ? "unpin" : "pin"), () => { togglePin(id); kg.panel.show(); }, { class: "quiet", "aria-pressed": String(pinned) }),
      button(say("hide"), () => hide(id), { class: "quiet" }),
      open && model.state.open.has(open) ? button(say("fold"), () => fold(open), { class: "quiet" }) : null,
      noteBox(id),
    );
  }

  return { fold, pin, tools, unfold };
})();

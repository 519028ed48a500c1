// The state of the page as the part of its address after #, and back. What an address says is checked word by word:
// ids that the graph lacks, numbers out of range and unknown words are dropped.
kg.address = (() => {
  const { model } = kg;
  const DAY = /^\d{4}-\d{2}-\d{2}$/;
  const MOST = 2000;
  const LONGEST_NOTE = 600;
  const FAR = 1e6;

  const HELD = new Map([["entity", model.entities], ["finding", model.findings], ["group", model.groups]]);

  function written(chosen) {
    if (!chosen) return "";
    if (chosen.kind === "edges") return `edges:${chosen.ids.join(",")}`;
    if (chosen.kind === "path") return `path:${chosen.nodes[0]},${chosen.nodes.at(-1)}`;
    return `${chosen.kind}:${chosen.id}`;
  }

  const offValues = () => Object.entries(model.off).flatMap(([group, values]) => [...values].sort().map((value) => `${group}:${value}`));
  const usual = model.USUALLY_OFF.map((kind) => `standing:${kind}`).sort().join();

  function write() {
    const { state } = model;
    const said = new URLSearchParams();
    const add = (key, value) => value && said.append(key, value);
    add("at", written(state.chosen));
    add("focus", state.focus && `${state.focus.hops}:${state.focus.id}`);
    for (const key of ["pathFrom", "day", "after", "before"]) add(key, state[key]);
    add("confidence", state.confidence ? String(state.confidence) : "");
    const off = offValues();
    if ([...off].sort().join() !== usual) (off.length ? off : ["nothing"]).forEach((value) => add("off", value));
    for (const key of ["open", "added", "hidden"]) for (const id of state[key]) add(key, id);
    for (const [id, [x, y]] of state.pinned) add("pin", `${x},${y}:${id}`);
    for (const [id, note] of state.notes) add("note", `${id}:${note}`);
    return said.toString();
  }

  function cut(text) {
    const at = text.indexOf(":");
    return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
  }

  function chosen(text) {
    const [kind, rest] = cut(text);
    if (HELD.has(kind)) return HELD.get(kind).has(rest) ? { kind, id: rest } : null;
    if (kind === "edges") {
      const ids = rest.split(",").filter((id) => model.lines.has(id)).slice(0, MOST);
      return ids.length ? { kind, ids } : null;
    }
    const ends = rest.split(",");
    const two = kind === "path" && ends.length === 2 && ends.every((id) => model.entities.has(id));
    return two && ends[0] !== ends[1] ? kg.paths.choice(...ends) : null;
  }

  function focus(text) {
    const [hops, id] = cut(text);
    return /^[1-6]$/.test(hops) && model.entities.has(id) ? { hops: Number(hops), id } : null;
  }

  function pins(said) {
    const found = said.getAll("pin").slice(0, MOST).map((text) => {
      const [place, id] = cut(text);
      return [id, place.split(",").map(Number)];
    });
    const sound = ([id, place]) => model.entities.has(id) && place.length === 2 && place.every((at) => Math.abs(at) < FAR);
    return new Map(found.filter(sound));
  }

  function notes(said) {
    const found = said.getAll("note").slice(0, MOST).map(cut).map(([id, note]) => [id, note.slice(0, LONGEST_NOTE)]);
    return new Map(found.filter(([id, note]) => model.entities.has(id) && note));
  }

  function off(said) {
    for (const group of Object.values(model.off)) group.clear();
    if (!said.has("off")) return model.USUALLY_OFF.forEach((kind) => model.off.standing.add(kind));
    for (const [group, value] of said.getAll("off").map(cut)) if (Object.hasOwn(model.off, group)) model.off[group].add(value);
    return undefined;
  }

  const known = (said, key, held) => new Set(said.getAll(key).filter((id) => held.has(id)).slice(0, MOST));
  const day = (text) => (DAY.test(text ?? "") ? text : "");

  function read(address) {
    const said = new URLSearchParams(address.replace(/^#/, ""));
    const { entities, groups, state } = model;
    const confidence = Number(said.get("confidence"));
    off(said);
    Object.assign(state, model.blank(), {
      focus: focus(said.get("focus") ?? ""), day: day(said.get("day")), after: day(said.get("after")), before: day(said.get("before")),
      confidence: confidence > 0 && confidence <= 1 ? confidence : 0,
      pathFrom: entities.has(said.get("pathFrom")) ? said.get("pathFrom") : "",
      open: known(said, "open", groups), added: known(said, "added", entities), hidden: known(said, "hidden", entities),
      pinned: pins(said), notes: notes(said),
    });
    const found = chosen(said.get("at") ?? "");
    state.chosen = found && { ...found, origin: "address" };
  }

  return { read, write };
})();

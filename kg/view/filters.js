// The key is the filter: every kind of node and line is shown as it is drawn, with a box to switch it on or off.
kg.filters = (() => {
  const { button, byId, drawing, element, narrow, say } = kg.dom;
  const { model } = kg;
  const SHAPES = {
    Person: ["circle", { cx: 8, cy: 8, r: 6.5 }],
    Organization: ["rect", { x: 2, y: 2, width: 12, height: 12 }],
    Product: ["path", { d: "M8 .5 15.5 8 8 15.5 .5 8Z" }],
    Place: ["path", { d: "M8 1.5 15 14.5H1Z" }],
  };
  const DASHES = { asserted: "", reported: "7 4", hedged: "1.5 4", denied: "7 4" };

  const typeKey = (type) => drawing(16, 16, [SHAPES[type][0], { ...SHAPES[type][1], class: `fill-${type}` }]);

  function lineKey(kind) {
    const faint = kind === "denied" || kind === "ended";
    const stroke = ["line", { x1: 1, y1: 8, x2: 33, y2: 8, class: faint ? "stroke-faint" : "stroke", "stroke-dasharray": DASHES[kind] ?? "" }];
    const cross = ["path", { d: "M13 4l8 8m0-8l-8 8", class: "stroke-faint" }];
    return drawing(34, 16, stroke, ...(kind === "denied" ? [cross] : []));
  }

  function tally(items, of) {
    const counts = new Map();
    for (const item of items) for (const value of [of(item)].flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  }

  function box(group, value, words, picture, number) {
    const input = element("input", {
      type: "checkbox", "data-group": group, value, change: (event) => model.toggle(group, value, event.target.checked),
    });
    input.checked = !model.off[group].has(value);
    return element("label", { class: "choice" }, input, picture, element("span", { class: "words" }, words), element("span", { class: "number" }, String(number)));
  }

  function group(name, boxes) {
    return boxes.length ? [element("fieldset", {}, element("legend", {}, say(`filter_${name}`)), ...boxes)] : [];
  }

  function types() {
    const counts = tally(model.entities.values(), (entity) => entity.type);
    const held = Object.keys(SHAPES).filter((type) => counts.has(type));
    return group("type", held.map((type) => box("type", type, say(`type_${type}`), typeKey(type), counts.get(type))));
  }

  function standings() {
    const counts = tally(model.edges, (edge) => [...edge.standings]);
    const held = Object.keys(DASHES).filter((kind) => counts.has(kind));
    return group("standing", held.map((kind) => box("standing", kind, say(`standing_${kind}`), lineKey(kind), counts.get(kind))));
  }

  function times() {
    const counts = tally(model.edges, (edge) => edge.time);
    if (!counts.has("ended")) return [];
    const held = ["current", "ended"].filter((time) => counts.has(time));
    return group("time", held.map((time) => box("time", time, say(`time_${time}`), lineKey(time), counts.get(time))));
  }

  function everyRelation(on) {
    for (const { predicate } of model.edges) model.off.relation[on ? "delete" : "add"](predicate);
    model.toggle("relation", "", true);
  }

  function relations() {
    const counts = tally(model.edges, (edge) => edge.predicate);
    const labels = new Map(model.edges.map((edge) => [edge.predicate, edge.label]));
    const boxes = [...counts].sort((a, b) => b[1] - a[1]).map(([predicate, number]) => box("relation", predicate, labels.get(predicate), null, number));
    const both = element("p", { class: "both" }, button(say("all"), () => everyRelation(true), { class: "quiet" }), button(say("none"), () => everyRelation(false), { class: "quiet" }));
    return group("relation", boxes.length ? [both, ...boxes] : []);
  }

  function refresh() {
    for (const input of byId("filter-groups").querySelectorAll("input")) {
      input.checked = !model.off[input.dataset.group].has(input.value);
    }
  }

  function start() {
    byId("filter-groups").append(...types(), ...standings(), ...times(), ...relations());
    byId("filters").open = !narrow.matches;
    byId("reset").addEventListener("click", model.reset);
  }

  return { refresh, start };
})();

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
  const MOST_SOURCES = 40;
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
    const counts = tally(model.edges, (edge) => (edge.ended ? "ended" : "current"));
    const dated = [...model.statements.values()].some((statement) => statement.valid_until);
    if (!counts.has("ended") && !dated) return [];
    return group("time", ["current", "ended"].map((time) => box("time", time, say(`time_${time}`), lineKey(time), counts.get(time) ?? 0)));
  }

  function every(name, values, on) {
    kg.history.change(() => values.forEach((value) => model.off[name][on ? "delete" : "add"](value)));
  }

  const both = (name, values) => element(
    "p", { class: "both" }, button(say("all"), () => every(name, values, true), { class: "quiet" }), button(say("none"), () => every(name, values, false), { class: "quiet" }),
  );

  function relations() {
    const counts = tally(model.edges, (edge) => edge.predicate);
    const labels = new Map(model.edges.map((edge) => [edge.predicate, edge.label]));
    const boxes = [...counts].sort((a, b) => b[1] - a[1]).map(([predicate, number]) => box("relation", predicate, labels.get(predicate), null, number));
    return group("relation", boxes.length ? [both("relation", [...counts.keys()]), ...boxes] : []);
  }

  function sources() {
    const counts = tally(model.statements.values(), (statement) => statement.voice);
    const held = [...counts].filter(([voice]) => voice).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (held.length < 2) return [];
    const boxes = held.slice(0, MOST_SOURCES).map(([voice, number]) => box("source", voice, voice, null, number));
    const more = held.length > MOST_SOURCES ? [element("p", { class: "small" }, say("sources_more", { count: held.length - MOST_SOURCES }))] : [];
    return group("source", [both("source", held.map(([voice]) => voice)), ...boxes, ...more]);
  }

  function labelled(name, input) {
    return element("label", { class: "bound" }, element("span", {}, say(name)), input);
  }

  function day(name) {
    const [first, last] = [kg.time.days[0], kg.time.days.at(-1)];
    return labelled(`filter_${name}`, element("input", { type: "date", id: `filter-${name}`, min: first, max: last, change: (event) => model.set({ [name]: event.target.value }) }));
  }

  const dates = () => (kg.time.days.length > 1 ? group("date", [day("after"), day("before")]) : []);

  function confidence() {
    const act = (event) => model.set({ confidence: Number(event.target.value) });
    const input = element("input", { type: "range", id: "filter-confidence", min: "0", max: "1", step: "0.05", input: act });
    return group("confidence", [labelled("confidence_least", input), element("output", { id: "confidence-words", for: "filter-confidence" }, "")]);
  }

  function refresh() {
    for (const input of byId("filter-groups").querySelectorAll("input")) {
      if (input.dataset.group) input.checked = !model.off[input.dataset.group].has(input.value);
    }
    const { after, before, confidence: least } = model.state;
    for (const [id, value] of [["filter-after", after], ["filter-before", before], ["filter-confidence", String(least)]]) {
      if (byId(id) && byId(id).value !== value) byId(id).value = value;
    }
    byId("confidence-words").textContent = least.toFixed(2);
    byId("filter-confidence").setAttribute("aria-valuetext", least.toFixed(2));
  }

  function start() {
    byId("filter-groups").append(...types(), ...standings(), ...times(), ...relations(), ...confidence(), ...dates(), ...sources());
    byId("filters").open = !narrow.matches;
    byId("reset").addEventListener("click", () => model.reset());
  }

  return { refresh, start };
})();

// Search over names and aliases, as a combobox: arrows move, Enter chooses, Escape closes.
kg.search = (() => {
  const { announce, byId, element, fold, say } = kg.dom;
  const { model } = kg;
  const LONGEST = 10;
  let known = null;
  let options = [];
  let active = -1;

  // Made when it is first asked for: a large graph has many names.
  function index() {
    known ??= [...model.entities.values()].flatMap((entity) =>
      [entity.name, ...entity.aliases].map((name) => ({ entity, name, folded: fold(name) })),
    );
    return known;
  }

  // 0 the whole, 1 its beginning, 2 the beginning of a word, 3 somewhere inside, -1 not at all.
  function rank(folded, wanted) {
    const at = folded.indexOf(wanted);
    if (at < 0) return -1;
    if (at === 0) return folded.length === wanted.length ? 0 : 1;
    return folded.includes(` ${wanted}`) ? 2 : 3;
  }

  function find(words) {
    const wanted = fold(words.trim());
    const hits = wanted ? index().map((entry) => ({ ...entry, rank: rank(entry.folded, wanted) })).filter((hit) => hit.rank >= 0) : [];
    const weight = (hit) => model.ties.get(hit.entity.id).length;
    hits.sort((a, b) => a.rank - b.rank || weight(b) - weight(a) || (a.folded < b.folded ? -1 : 1));
    const first = new Map();
    for (const hit of hits) if (!first.has(hit.entity.id)) first.set(hit.entity.id, hit);
    return [...first.values()];
  }

  function option({ entity, name }, place) {
    const alias = name === entity.name ? "" : say("also", { alias: name });
    return element(
      "li", { role: "option", id: `option-${place}`, "aria-selected": "false", mousedown: (event) => pick(event, entity.id) },
      element("span", { class: `dot ${entity.type}` }),
      element("span", { class: "name" }, entity.name),
      element("span", { class: "kind" }, [say(`type_${entity.type}`), alias].filter(Boolean).join(" · ")),
    );
  }

  function open(hits) {
    options = hits.slice(0, LONGEST);
    active = -1;
    const empty = element("li", { class: "empty" }, say("no_match"));
    byId("suggestions").replaceChildren(...(options.length ? options.map(option) : [empty]));
    byId("suggestions").hidden = false;
    byId("search").setAttribute("aria-expanded", "true");
    byId("search").removeAttribute("aria-activedescendant");
    announce(options.length ? say("matches", { count: hits.length }) : say("no_match"));
  }

  function close() {
    options = [];
    byId("suggestions").hidden = true;
    byId("search").setAttribute("aria-expanded", "false");
    byId("search").removeAttribute("aria-activedescendant");
  }

  function pick(event, id) {
    event.preventDefault();
    byId("search").value = model.name(id);
    close();
    model.choose({ kind: "entity", id }, "search");
  }

  function move(step) {
    active = (active + step + options.length) % options.length;
    [...byId("suggestions").children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
    byId("suggestions").children[active].scrollIntoView({ block: "nearest" });
    byId("search").setAttribute("aria-activedescendant", `option-${active}`);
  }

  function key(event) {
    if (event.key === "Escape") return close();
    if (!options.length) return undefined;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      return move(event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1);
    }
    return event.key === "Enter" ? pick(event, options[Math.max(0, active)].entity.id) : undefined;
  }

  function typed() {
    const words = byId("search").value;
    return words.trim() ? open(find(words)) : close();
  }

  function start() {
    byId("search").addEventListener("input", typed);
    byId("search").addEventListener("keydown", key);
    byId("search").addEventListener("blur", close);
  }

  return { start };
})();

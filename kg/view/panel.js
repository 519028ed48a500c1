// The details of what is chosen: an entity with its ties, the ties between two, or a finding with what it rests on.
kg.panel = (() => {
  const { announce, button, byId, count, element, narrow, say } = kg.dom;
  const { evidence, model } = kg;
  const SHOWN_AT_ONCE = 60;

  const entityButton = (id) =>
    model.entities.has(id)
      ? button(model.name(id), () => model.choose({ kind: "entity", id }, "panel"), { class: "link" })
      : element("span", {}, id);

  function head(kicker, heading) {
    return element(
      "header", { class: "panel-head" },
      element("div", {}, element("p", { class: "kicker" }, kicker), element("h3", {}, heading)),
      button("×", () => model.choose(null), { class: "close", "aria-label": say("close") }),
    );
  }

  function tags(edge) {
    const standing = model.standing(edge, true);
    const marks = [edge.ended ? say("former") : "", standing === "asserted" ? "" : say(`standing_${standing}`)];
    return marks.filter(Boolean).map((text) => element("span", { class: `tag ${standing}` }, text));
  }

  const sentences = (edge) => edge.statements.map((id) => evidence.card(model.statements.get(id)));

  function tie(edge) {
    const behind = [count(edge.statements.length, "sentence_one", "sentences"), count(edge.sources, "sources_one", "sources_count")];
    return element(
      "section", { class: "tie" },
      element("h4", {}, entityButton(edge.from), ` ${edge.label} `, entityButton(edge.to), " ", ...tags(edge)),
      element("p", { class: "behind" }, behind.join(" · ")),
      ...sentences(edge),
    );
  }

  // One line a tie; its sentences unfold, and are only made when asked for.
  function folded(edge, about) {
    const other = edge.from === about ? edge.to : edge.from;
    const strong = element("strong", {}, model.name(other));
    const outward = edge.symmetric || edge.from === about;
    const line = outward ? [`${edge.label} `, strong] : [strong, ` ${edge.label} ${model.name(about)}`];
    const hidden = model.permits(edge) ? [] : [element("span", { class: "tag" }, say("hidden_by_filter"))];
    const made = element("details", { class: "fold" }, element("summary", {}, ...line, " ", ...tags(edge), ...hidden));
    const open = () => {
      if (!made.open || made.childElementCount > 1) return;
      made.append(element("p", { class: "behind" }, entityButton(other)), ...sentences(edge));
    };
    made.addEventListener("toggle", open);
    return made;
  }

  function list(items, make) {
    const box = element("div", { class: "list" }, ...items.slice(0, SHOWN_AT_ONCE).map(make));
    const rest = items.slice(SHOWN_AT_ONCE);
    if (rest.length) {
      box.append(button(say("more_rows", { count: rest.length }), (event) => event.currentTarget.replaceWith(...rest.map(make))));
    }
    return box;
  }

  function entity({ id }) {
    const { aliases, identifiers, name, type } = model.entities.get(id);
    const ties = model.ties.get(id);
    return [
      head(say(`type_${type}`), name),
      element(
        "dl", { class: "fields" },
        ...evidence.field(say("aliases"), aliases.join(", ")),
        ...identifiers.flatMap(([scheme, value]) => evidence.field(scheme, value)),
      ),
      ...standsIn(id),
      element("h4", { class: "group" }, ties.length ? say("ties_of", { count: ties.length }) : say("no_ties")),
      list(ties, (edge) => folded(edge, id)),
    ];
  }

  function standsIn(id) {
    const about = [...model.findings.values()].filter((f) => f.tier !== "suppressed" && [f.party, ...f.organizations].includes(id));
    if (!about.length) return [];
    const line = (f) => button(`${kg.conflicts.reading(f)}`, () => model.choose({ kind: "finding", id: f.id }, "panel"), { class: "link block" });
    return [element("h4", { class: "group" }, `${say("conflicts")} (${about.length})`), list(about, line)];
  }

  function edges({ ids }) {
    const picked = ids.map((id) => model.lines.get(id));
    const { from, to } = picked[0];
    const kicker = picked.length > 1 ? say("between", { count: picked.length }) : picked[0].label;
    const heading = picked.length > 1 ? `${model.name(from)} · ${model.name(to)}` : say("reads", {
      subject: model.name(from), relation: picked[0].label, object: model.name(to),
    });
    return [head(kicker, heading), ...picked.map(tie)];
  }

  function finding({ id }) {
    const found = model.findings.get(id);
    const against = model.linesOf(found.mitigations);
    return [
      head(`${found.pattern} · ${say(`tier_${found.tier}`)}`, kg.conflicts.reading(found)),
      element("p", { class: "caution" }, say("potential")),
      ...kg.conflicts.details(found),
      ...(against.length ? [element("h4", { class: "group" }, say("mitigations")), ...against.map(tie)] : []),
      element("h4", { class: "group" }, say("premises")),
      ...model.linesOf(found.premises).map(tie),
    ];
  }

  function idle() {
    return [element("div", { class: "idle" }, element("h3", {}, say("panel_idle_heading")), element("p", {}, say("panel_idle")))];
  }

  const VIEWS = { entity, edges, finding };

  function spoken(chosen) {
    if (chosen.kind === "entity") return say("chosen", { name: model.name(chosen.id) });
    if (chosen.kind === "finding") return say("finding_chosen");
    const edge = model.lines.get(chosen.ids[0]);
    return say("edge_chosen", { subject: model.name(edge.from), relation: edge.label, object: model.name(edge.to) });
  }

  function moveTo(panel, origin) {
    if (origin !== "graph") byId("explore").scrollIntoView({ block: "start", behavior: kg.dom.calm.matches ? "auto" : "smooth" });
    if (origin !== "graph") panel.focus({ preventScroll: true });
    else if (narrow.matches) panel.scrollIntoView({ block: "nearest", behavior: kg.dom.calm.matches ? "auto" : "smooth" });
  }

  // Called when the choice changes, not when a filter does: the reader keeps the place.
  function show() {
    const { chosen } = model.state;
    const panel = byId("panel");
    panel.replaceChildren(...(chosen ? VIEWS[chosen.kind](chosen) : idle()));
    panel.classList.toggle("open", chosen !== null);
    panel.scrollTop = 0;
    if (!chosen) return;
    announce(spoken(chosen));
    if (chosen.origin !== "panel" && chosen.origin !== "start") moveTo(panel, chosen.origin);
  }

  return { show };
})();

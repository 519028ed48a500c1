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
      ...kg.sparql.box(kg.sparql.tie(edge)),
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
      made.append(element("p", { class: "behind" }, entityButton(other)), ...sentences(edge), ...kg.sparql.box(kg.sparql.tie(edge)));
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
    const { aliases, identifiers, mentions, name, type } = model.entities.get(id);
    const ties = model.ties.get(id);
    return [
      head(say(`type_${type}`), name),
      element(
        "dl", { class: "fields" },
        ...evidence.field(say("aliases"), aliases.join(", ")),
        ...identifiers.flatMap(([scheme, value]) => evidence.field(scheme, value)),
        ...evidence.field(say("field_mentions"), mentions ? String(mentions) : ""),
      ),
      kg.marks.tools(id),
      ...whyMerged(id),
      ...standsIn(id),
      element("h4", { class: "group" }, ties.length ? say("ties_of", { count: ties.length }) : say("no_ties")),
      list(ties, (edge) => folded(edge, id)),
      ...kg.sparql.box(kg.sparql.entity(id)),
    ];
  }

  // The reasons of the resolution, those that join before those that part.
  function whyMerged(id) {
    const told = model.entities.get(id).merged;
    if (!told.length) return [];
    const line = ([verdict, feature, value, times]) => element("li", {}, say(`verdict_${verdict}`, { value, feature }), times === "1" ? "" : ` (${times}×)`);
    return [element("details", { class: "why" }, element("summary", {}, say("why_merged")), element("ul", {}, ...told.map(line)))];
  }

  function group({ id }) {
    const inside = kg.groups.members.get(id);
    const open = kg.groups.isOpen(id);
    const act = open ? () => kg.marks.fold(id) : () => kg.marks.unfold(id);
    return [
      head(say("group"), kg.groups.label(id)),
      element("p", { class: "behind" }, say("group_holds", { count: inside.length })),
      button(say(open ? "fold" : "unfold"), act, { class: "unfold" }),
      element("h4", { class: "group" }, say("members")),
      list(inside, (entity) => element("p", {}, entityButton(entity.id))),
    ];
  }

  function path({ nodes, steps }) {
    const [from, to] = [nodes[0], nodes.at(-1)];
    const heading = `${model.name(from)} → ${model.name(to)}`;
    if (!steps.length) return [head(say("path"), heading), element("p", { class: "notice" }, say("no_path"))];
    return [head(say("path_length", { count: steps.length }), heading), ...steps.flatMap((edges) => edges.map(tie))];
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

  const VIEWS = { edges, entity, finding, group, path };

  function spoken(chosen) {
    if (chosen.kind === "entity") return say("chosen", { name: model.name(chosen.id) });
    if (chosen.kind === "finding") return say("finding_chosen");
    if (chosen.kind === "group") return kg.groups.label(chosen.id);
    if (chosen.kind === "path") return say(chosen.steps.length ? "path_found" : "no_path", { from: model.name(chosen.nodes[0]), to: model.name(chosen.nodes.at(-1)), count: chosen.steps.length });
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
    if (!["panel", "start", "address"].includes(chosen.origin)) moveTo(panel, chosen.origin);
  }

  return { show };
})();

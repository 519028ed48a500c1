// The findings, gravest first: cards for those that hold, folded lists for what is watched and what was set aside.
kg.conflicts = (() => {
  const { button, byId, element, say } = kg.dom;
  const { evidence, model } = kg;
  const AT_ONCE = 6;

  function listed(names) {
    const last = names.at(-1);
    return names.length > 1 ? say("and", { some: names.slice(0, -1).join(", "), last }) : last ?? "";
  }

  function reading(finding) {
    if (finding.reading) return finding.reading;
    return say("stands_between", { party: model.name(finding.party), organizations: listed(finding.organizations.map(model.name)) });
  }

  function meter(finding) {
    const words = say("severity_of", { value: finding.severity });
    const bar = element("span", { class: "bar" });
    bar.style.width = `${Math.round(100 * Math.min(1, Math.max(0, Number(finding.severity))))}%`;
    return element("div", { class: "severity" }, element("span", { class: "track", "aria-hidden": "true" }, bar), element("span", {}, words));
  }

  const drivers = (finding) => finding.drivers.map(([name, value]) => `${name} ${value}`).join(" · ");

  function mitigation(finding) {
    const held = finding.mitigations.map((id) => model.statements.get(id));
    return held.length ? element("div", {}, ...held.map((statement) => evidence.quote(statement, "p"))) : "";
  }

  function details(finding) {
    return [
      meter(finding),
      element(
        "dl", { class: "fields" },
        ...evidence.field(say("evidence"), say("weakest_short", { modality: say(`modality_${finding.modality}`) })),
        ...evidence.field(say("field_holds"), say("as_of", { date: finding.as_of })),
        ...evidence.field(say("reason"), finding.reason),
        ...evidence.field(say("drivers"), drivers(finding)),
      ),
      ...kg.sparql.box(kg.sparql.finding(finding.id)),
    ];
  }

  const chosen = (finding) => model.state.chosen?.kind === "finding" && model.state.chosen.id === finding.id;

  function show(finding) {
    const act = () => model.choose({ kind: "finding", id: finding.id }, "card");
    return button(say("show_path"), act, { class: "show", "data-finding": finding.id, "aria-pressed": "false" });
  }

  function card(finding) {
    const against = mitigation(finding);
    return element(
      "article", { class: `card ${finding.tier}` },
      element("p", { class: "badges" }, element("span", { class: "badge" }, say(`tier_${finding.tier}`)), element("span", { class: "kicker" }, finding.pattern)),
      element("h3", {}, reading(finding)),
      element("p", { class: "caution" }, say("potential")),
      meter(finding),
      element("p", { class: "small" }, say("weakest", { modality: say(`modality_${finding.modality}`) }), " · ", element("span", { class: "whole" }, say("as_of", { date: finding.as_of }))),
      finding.reason ? element("p", { class: "small reason" }, element("b", {}, `${say("reason")}: `), finding.reason) : null,
      against ? element("div", { class: "small against" }, element("b", {}, say("mitigations")), against) : null,
      element("p", { class: "small not-yet" }, say("not_yet")),
      show(finding),
    );
  }

  function grid(findings) {
    const box = element("div", { class: "grid" }, ...findings.slice(0, AT_ONCE).map(card));
    const rest = findings.slice(AT_ONCE);
    if (!rest.length) return [box];
    const all = button(say("show_all_findings", { count: findings.length }), () => {
      box.append(...rest.map(card));
      all.remove();
    }, { class: "quiet" });
    return [box, all];
  }

  function fold(heading, findings) {
    if (!findings.length) return [];
    const made = element("details", { class: "aside" }, element("summary", {}, say(heading, { count: findings.length })));
    made.append(...grid(findings));
    return [made];
  }

  function refresh() {
    for (const control of byId("cards").querySelectorAll("button.show")) {
      const on = chosen(model.findings.get(control.dataset.finding));
      control.setAttribute("aria-pressed", String(on));
      control.textContent = say(on ? "path_shown" : "show_path");
      control.closest(".card").classList.toggle("lit", on);
    }
  }

  function start() {
    const all = [...model.findings.values()];
    const of = (tier) => all.filter((finding) => finding.tier === tier);
    const held = all.filter((finding) => !["watch", "suppressed"].includes(finding.tier));
    const none = element("p", { class: "notice" }, say(all.length ? "only_folded" : "no_findings"));
    byId("cards").append(
      ...(held.length ? grid(held) : [none]),
      ...fold("watch_heading", of("watch")),
      ...fold("suppressed_heading", of("suppressed")),
    );
  }

  return { details, reading, refresh, start };
})();

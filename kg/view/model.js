// What the page knows and what is chosen. Everything else draws from here and is told when it changes.
kg.model = (() => {
  const { graph, nodes, edges } = kg.data;
  const FIRMNESS = ["asserted", "reported", "hedged", "denied"];

  const entities = new Map(graph.entities.map((entity) => [entity.id, entity]));
  const statements = new Map(Object.entries(graph.statements));
  const findings = new Map(graph.findings.map((finding) => [finding.id, finding]));
  const lines = new Map(edges.map((edge) => [edge.id, edge]));
  const lineOf = new Map(edges.flatMap((edge) => edge.statements.map((id) => [id, edge])));
  const ties = new Map(graph.entities.map((entity) => [entity.id, []]));
  for (const edge of edges) for (const end of new Set([edge.from, edge.to])) ties.get(end).push(edge);

  const drawn = new Map(nodes.map((node) => [node.id, node]));
  const off = { type: new Set(), standing: new Set(["hedged", "denied"]), time: new Set(), relation: new Set() };
  const state = { chosen: null };
  const listeners = [];

  function standingOf(statement) {
    if (statement.polarity === "denied") return "denied";
    return FIRMNESS.includes(statement.modality) ? statement.modality : "hedged";
  }

  for (const edge of edges) {
    edge.standings = new Set(edge.statements.map((id) => standingOf(statements.get(id))));
    edge.time = edge.ended ? "ended" : "current";
  }

  // The firmest way in which an edge is said, of those that are switched on (or of all).
  function standing(edge, all = false) {
    return FIRMNESS.find((one) => edge.standings.has(one) && (all || !off.standing.has(one)));
  }

  const typeOf = (id) => entities.get(id).type;

  function permits(edge) {
    const kinds = [edge.from, edge.to].some((id) => off.type.has(typeOf(id)));
    return !kinds && !off.relation.has(edge.predicate) && !off.time.has(edge.time) && standing(edge) !== undefined;
  }

  const permitsStatement = (statement) =>
    permits(lineOf.get(statement.id)) && !off.standing.has(standingOf(statement));

  const linesOf = (claims) => [...new Set(claims.map((id) => lineOf.get(id)).filter(Boolean))];

  // The edges and entities that the choice is about; they are drawn whatever the filters say.
  function subject() {
    const chosen = state.chosen;
    if (!chosen) return { edges: [], nodes: [] };
    if (chosen.kind === "entity") return { edges: [], nodes: [chosen.id] };
    if (chosen.kind === "edges") {
      const picked = chosen.ids.map((id) => lines.get(id));
      return { edges: picked, nodes: picked.flatMap((edge) => [edge.from, edge.to]) };
    }
    const finding = findings.get(chosen.id);
    const path = linesOf(finding.premises);
    const named = [finding.party, ...finding.organizations].filter((id) => entities.has(id));
    return { edges: path, nodes: [...new Set([...named, ...path.flatMap((edge) => [edge.from, edge.to])])] };
  }

  function visible() {
    const about = subject();
    const forced = new Set(about.edges);
    const shown = edges.filter(
      (edge) => drawn.has(edge.from) && drawn.has(edge.to) && (forced.has(edge) || permits(edge)),
    );
    const ends = new Set([...about.nodes, ...shown.flatMap((edge) => [edge.from, edge.to])]);
    return { edges: shown, nodes: [...drawn.keys()].filter((id) => ends.has(id)) };
  }

  const tell = () => listeners.forEach((listener) => listener());

  // choice: {kind: "entity", id} | {kind: "edges", ids} | {kind: "finding", id} | null; origin says who asked.
  function choose(choice, origin = "") {
    state.chosen = choice && { ...choice, origin };
    for (const id of subject().nodes) if (!drawn.has(id)) drawn.set(id, kg.placing.newcomer(id));
    tell();
  }

  function toggle(group, value, on) {
    off[group][on ? "delete" : "add"](value);
    tell();
  }

  function reset() {
    for (const group of Object.values(off)) group.clear();
    off.standing.add("hedged").add("denied");
    tell();
  }

  const name = (id) => (entities.has(id) ? entities.get(id).name : id);

  return {
    choose, drawn, edges, entities, findings, graph, lineOf, lines, linesOf, listeners, name, off, permits,
    permitsStatement, reset, standing, standingOf, state, statements, subject, ties, toggle, typeOf, visible,
  };
})();

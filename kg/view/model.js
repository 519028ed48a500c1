// What the page knows and what is chosen. Everything else draws from here and is told when it changes.
kg.model = (() => {
  const { graph: held, nodes, edges: packed } = kg.data;
  const { unpack } = kg.packing;
  const FIRMNESS = ["asserted", "reported", "hedged", "denied"];
  const USUALLY_OFF = ["hedged", "denied"];

  const listed = unpack(held.entities);
  const documents = unpack(held.documents);
  const told = unpack(held.statements);
  const edges = unpack(packed);
  const groups = new Map(unpack(held.groups).map((group) => [group.id, group]));
  const idOf = (number) => (number < 0 ? "" : listed[number].id);
  for (const statement of told) {
    statement.subject = idOf(statement.subject);
    statement.object = idOf(statement.object);
    statement.document = documents[statement.document] ?? null;
  }
  for (const edge of edges) {
    edge.from = idOf(edge.from);
    edge.to = idOf(edge.to);
    edge.claims = edge.statements.map((number) => told[number]);
    edge.statements = edge.claims.map((statement) => statement.id);
  }

  const entities = new Map(listed.map((entity) => [entity.id, entity]));
  const statements = new Map(told.map((statement) => [statement.id, statement]));
  const findings = new Map(held.findings.map((finding) => [finding.id, finding]));
  const lines = new Map(edges.map((edge) => [edge.id, edge]));
  const lineOf = new Map(edges.flatMap((edge) => edge.statements.map((id) => [id, edge])));
  const ties = new Map(listed.map((entity) => [entity.id, []]));
  for (const edge of edges) for (const end of new Set([edge.from, edge.to])) ties.get(end).push(edge);
  const untied = [...ties].filter(([id, list]) => list.every((edge) => edge.from === id && edge.to === id)).length;
  const graph = { ...held, entities: listed, documents };

  const off = { type: new Set(), standing: new Set(USUALLY_OFF), time: new Set(), relation: new Set(), source: new Set() };
  const blank = () => ({
    chosen: null, focus: null, pathFrom: "", day: "", after: "", before: "", confidence: 0,
    added: new Set(), open: new Set(), hidden: new Set(), pinned: new Map(), notes: new Map(),
  });
  const state = blank();
  const drawn = new Map();
  const listeners = [];

  function standingOf(statement) {
    if (statement.polarity === "denied") return "denied";
    return FIRMNESS.includes(statement.modality) ? statement.modality : "hedged";
  }

  const dateOf = (statement) => statement.document?.published ?? "";
  const sourceOf = (statement) => statement.document?.publisher || statement.document?.title || statement.document?.source || "";
  for (const statement of told) Object.assign(statement, { standing: standingOf(statement), day: dateOf(statement), voice: sourceOf(statement) });
  for (const edge of edges) edge.standings = new Set(edge.claims.map((statement) => statement.standing));

  const begun = (statement, day) => !statement.valid_from || statement.valid_from <= day;
  const over = (statement, day) => statement.valid_until && statement.valid_until < day.slice(0, statement.valid_until.length);

  // Whether a statement was made by the day, says that it holds by then, and passes the filters.
  function known(statement) {
    const { day, after, before, confidence } = state;
    if (day && ((statement.day && statement.day > day) || !begun(statement, day))) return false;
    if ((after && statement.day < after) || (before && statement.day > before)) return false;
    return Number(statement.confidence) >= confidence && !off.source.has(statement.voice);
  }

  function weigh(edge) {
    const claims = edge.claims.filter(known);
    edge.known = FIRMNESS.find((one) => claims.some((claim) => claim.standing === one));
    edge.shown = FIRMNESS.find((one) => !off.standing.has(one) && claims.some((claim) => claim.standing === one));
    const affirmed = state.day ? edge.claims.filter((claim) => claim.polarity !== "denied" && (!claim.day || claim.day <= state.day)) : [];
    edge.past = state.day ? edge.ended && affirmed.every((claim) => claim.tense === "past") || affirmed.some((claim) => over(claim, state.day)) : edge.ended;
    edge.time = edge.past ? "ended" : "current";
  }

  const weighAll = () => edges.forEach(weigh);

  // The firmest way in which an edge is said, of those that are switched on (or of all).
  const standing = (edge, all = false) => (all ? edge.known ?? FIRMNESS.find((one) => edge.standings.has(one)) : edge.shown);
  const typeOf = (id) => entities.get(id).type;

  function permits(edge) {
    if (edge.shown === undefined || off.relation.has(edge.predicate) || off.time.has(edge.time)) return false;
    return !off.type.has(typeOf(edge.from)) && !off.type.has(typeOf(edge.to));
  }

  const permitsStatement = (statement) =>
    !off.standing.has(statement.standing) && known(statement) && permits(lineOf.get(statement.id));

  const linesOf = (claims) => [...new Set(claims.map((id) => lineOf.get(id)).filter(Boolean))];
  const endsOf = (list) => list.flatMap((edge) => [edge.from, edge.to]);

  // The edges and entities that the choice is about; they are drawn whatever the filters say.
  function subject() {
    const { chosen } = state;
    if (!chosen || chosen.kind === "group") return { edges: [], nodes: [] };
    if (chosen.kind === "entity") return { edges: [], nodes: [chosen.id] };
    if (chosen.kind === "path") return { edges: chosen.steps.flat(), nodes: chosen.nodes };
    if (chosen.kind === "edges") {
      const picked = chosen.ids.map((id) => lines.get(id));
      return { edges: picked, nodes: endsOf(picked) };
    }
    const finding = findings.get(chosen.id);
    const path = linesOf(finding.premises);
    const named = [finding.party, ...finding.organizations].filter((id) => entities.has(id));
    return { edges: path, nodes: [...new Set([...named, ...endsOf(path)])] };
  }

  function visible() {
    const about = subject();
    const forced = new Set(about.edges);
    const near = state.focus ? new Set([...kg.paths.within(state.focus.id, state.focus.hops), ...about.nodes]) : null;
    const stands = (id) => drawn.has(id) && !state.hidden.has(id) && (near === null || near.has(id));
    const passed = edges.filter((edge) => forced.has(edge) || permits(edge));
    const shown = passed.filter((edge) => stands(edge.from) && stands(edge.to));
    const joined = groups.size ? passed : shown;
    const ends = new Set([...about.nodes, ...endsOf(joined), ...(state.focus ? [state.focus.id] : [])]);
    return { edges: shown, nodes: [...drawn.keys()].filter((id) => ends.has(id) && stands(id)) };
  }

  function tell() {
    weighAll();
    stage();
    listeners.forEach((listener) => listener());
  }

  // Everything that is drawn, from what the page opened with and what was added since.
  function stage() {
    drawn.clear();
    for (const node of nodes) drawn.set(node.id, { ...node });
    kg.groups.unfoldAll();
    const near = state.focus ? kg.paths.within(state.focus.id, state.focus.hops) : [];
    for (const id of [...state.added, ...near, ...subject().nodes]) if (!drawn.has(id)) drawn.set(id, kg.placing.newcomer(id));
    for (const [id, [x, y]] of state.pinned) if (drawn.has(id)) Object.assign(drawn.get(id), { x, y });
  }

  const name = (id) => entities.get(id)?.name ?? groups.get(id)?.name ?? id;

  return {
    USUALLY_OFF, blank, drawn, edges, entities, findings, graph, groups, known, lineOf, lines, linesOf, listeners, name, off, permits,
    permitsStatement, standing, standingOf, state, statements, subject, tell, ties, typeOf, untied, visible,
  };
})();

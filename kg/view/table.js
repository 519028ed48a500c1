// The equal of the drawing for those who read rather than look: every sentence of every tie, sortable, same filters.
kg.table = (() => {
  const { announce, button, byId, element, fold, say } = kg.dom;
  const { evidence, model } = kg;
  const PAGE = kg.dom.narrow.matches ? 20 : 100;
  const COLUMNS = ["subject", "relation", "object", "modality", "date", "source", "sentence"];
  const order = { column: "date", down: true };
  let limit = PAGE;

  const text = (statement) => statement.pieces.map(([piece]) => piece).join("");

  function row(statement) {
    const cells = {
      subject: model.name(statement.subject), relation: model.lineOf.get(statement.id).label, object: model.name(statement.object),
      modality: evidence.said(statement), date: evidence.date(statement), source: statement.voice,
      sentence: text(statement),
    };
    return { statement, cells, folded: null };
  }

  const rows = [...model.lineOf.keys()].map((id) => row(model.statements.get(id)));
  const sorted = new Map();
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const compare = { date: (a, b) => (a < b ? -1 : a > b ? 1 : 0) };

  // The rows in order of a column, sorted once; those that are equal stay in one order whichever way it is read.
  function inOrder() {
    const key = `${order.column} ${order.down}`;
    if (!sorted.has(key)) {
      const by = compare[order.column] ?? collator.compare;
      const sign = order.down ? -1 : 1;
      sorted.set(key, [...rows].sort((a, b) => sign * by(a.cells[order.column], b.cells[order.column])));
    }
    return sorted.get(key);
  }

  function contains(one, wanted) {
    if (!wanted) return true;
    one.folded ??= fold(Object.values(one.cells).join("\n"));
    return one.folded.includes(wanted);
  }

  function matching() {
    const wanted = fold(byId("table-filter").value.trim());
    const near = model.state.focus ? new Set(kg.paths.within(model.state.focus.id, model.state.focus.hops)) : null;
    const stands = (id) => !model.state.hidden.has(id) && (near === null || near.has(id));
    const permitted = ({ statement }) => model.permitsStatement(statement) && stands(statement.subject) && stands(statement.object);
    return inOrder().filter((one) => permitted(one) && contains(one, wanted));
  }

  function chooser(statement, words) {
    const act = () => model.choose({ kind: "edges", ids: [model.lineOf.get(statement.id).id] }, "table");
    return button(words, act, { class: "link" });
  }

  function tableRow({ statement, cells }) {
    const entity = (id) => button(model.name(id), () => model.choose({ kind: "entity", id }, "table"), { class: "link" });
    const content = {
      subject: entity(statement.subject), relation: chooser(statement, cells.relation), object: entity(statement.object),
      source: evidence.cited(statement), sentence: evidence.quote(statement, "span"),
    };
    const cell = (column) => element("td", { class: column, "data-label": say(`column_${column}`) }, content[column] ?? cells[column]);
    return element("tr", { class: model.standingOf(statement) }, ...COLUMNS.map(cell));
  }

  function sort(column) {
    order.down = order.column === column && !order.down;
    order.column = column;
    refresh();
    announce(say("sorted", { column: say(`column_${column}`), direction: say(order.down ? "descending" : "ascending") }));
  }

  function heading(column) {
    return element("th", { scope: "col", class: column, "data-column": column }, button(say(`column_${column}`), () => sort(column)));
  }

  function refresh() {
    const found = matching();
    for (const head of byId("table").tHead.querySelectorAll("th")) {
      const here = head.dataset.column === order.column;
      head.setAttribute("aria-sort", here ? (order.down ? "descending" : "ascending") : "none");
    }
    byId("table").tBodies[0].replaceChildren(...found.slice(0, limit).map(tableRow));
    byId("table-showing").textContent = say("table_showing", { shown: Math.min(limit, found.length), matching: found.length, all: rows.length });
    byId("more-rows").hidden = found.length <= limit;
    byId("more-rows").textContent = say("more_rows", { count: Math.min(PAGE, found.length - limit) });
  }

  function show(number) {
    limit = number;
    refresh();
  }

  function start() {
    byId("table").tHead.append(element("tr", {}, ...COLUMNS.map(heading)));
    byId("table-filter").addEventListener("input", () => show(PAGE));
    byId("more-rows").addEventListener("click", () => show(limit + PAGE));
    window.addEventListener("beforeprint", () => show(rows.length));
  }

  return { refresh, start };
})();

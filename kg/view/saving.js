// What is seen as a file: PNG of the drawing, SVG of the same with real text, CSV of the sentences behind it.
kg.saving = (() => {
  const { announce, byId, say } = kg.dom;
  const { model, theme } = kg;
  const SVG = "http://www.w3.org/2000/svg";
  const SHAPES = { Person: 0, Organization: 4, Product: 4, Place: 3, Group: 6 };
  const TURNS = { Organization: Math.PI / 4, Product: 0, Place: -Math.PI / 2, Group: 0 };
  const SIZES = { Organization: Math.SQRT2 };
  const COLUMNS = ["subject", "relation", "object", "polarity", "modality", "tense", "valid_from", "valid_until", "confidence", "published", "publisher", "source", "sentence", "claim"];

  function save(name, parts, type) {
    const address = URL.createObjectURL(new Blob(parts, { type }));
    const link = kg.dom.element("a", { href: address, download: name });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(address), 10000);
    announce(say("saved", { name }));
  }

  function png() {
    const seen = document.querySelector("#graph canvas");
    const sheet = document.createElement("canvas");
    Object.assign(sheet, { width: seen.width, height: seen.height });
    const paint = sheet.getContext("2d");
    paint.fillStyle = theme.colour("ground");
    paint.fillRect(0, 0, sheet.width, sheet.height);
    paint.drawImage(seen, 0, 0);
    sheet.toBlob((made) => save("graph.png", [made], "image/png"));
  }

  function draw(tag, attributes, words) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
    if (words !== undefined) made.textContent = clean(words);
    return made;
  }

  // XML has no place for most control characters.
  const clean = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
  const round = (number) => Math.round(number * 10) / 10;

  function shape({ id, x, y, r }, opacity) {
    const kind = model.groups.has(id) ? "Group" : model.typeOf(id);
    const fill = theme.colour(kind.toLowerCase());
    if (!SHAPES[kind]) return draw("circle", { cx: round(x), cy: round(y), r: round(r), fill, opacity });
    const corners = Array.from({ length: SHAPES[kind] }, (_, corner) => TURNS[kind] + (corner * 2 * Math.PI) / SHAPES[kind]);
    const reach = r * (SIZES[kind] ?? 1);
    const points = corners.map((angle) => `${round(x + reach * Math.cos(angle))},${round(y + reach * Math.sin(angle))}`).join(" ");
    return draw("polygon", { points, fill, opacity });
  }

  function stroke(line, at) {
    const [from, to] = [at(line.from), at(line.to)];
    return draw("line", {
      x1: round(from.x), y1: round(from.y), x2: round(to.x), y2: round(to.y), stroke: line.color.color,
      "stroke-width": round(line.width), "stroke-dasharray": line.dashes ? line.dashes.join(" ") : "none",
    });
  }

  function crosses(line, at) {
    const edges = kg.bundles.held.get(line.id);
    if (!edges || kg.bundles.standing(kg.bundles.foremost(edges)) !== "denied") return [];
    const { x, y } = kg.highlight.quarter(at(line.from), at(line.to));
    return [draw("path", { d: `M${round(x - 5)} ${round(y - 5)}l10 10m0 -10l-10 10`, stroke: theme.colour("muted"), "stroke-width": 2 })];
  }

  function words(box) {
    const node = model.drawn.get(box.id);
    const edges = kg.bundles.held.get(box.id);
    const said = edges ? kg.bundles.label(edges) : node ? node.label : kg.groups.label(box.id);
    const lines = said.split("\n");
    const size = edges ? 12 : 13;
    const style = { x: round(box.x + box.w / 2), "text-anchor": "middle", "font-size": size, "font-family": "system-ui, sans-serif", fill: theme.colour(edges ? "muted" : "ink"), stroke: theme.colour("ground"), "stroke-width": 3, "paint-order": "stroke" };
    return lines.map((line, place) => draw("text", { ...style, y: round(box.y + 2 + (place + 0.82) * 1.2 * size) }, line));
  }

  function bands(at) {
    const ids = kg.highlight.path().map((id) => JSON.parse(id));
    return ids.map(([a, b]) => draw("line", {
      x1: round(at(a).x), y1: round(at(a).y), x2: round(at(b).x), y2: round(at(b).y), stroke: theme.colour("alarm"), "stroke-opacity": 0.25, "stroke-width": 14, "stroke-linecap": "round",
    }));
  }

  function svg() {
    const { network, nodes, lines, order, light } = kg.graph.scene();
    const { clientWidth: width, clientHeight: height } = document.querySelector("#graph canvas");
    const scale = network.getScale();
    const at = (id) => network.canvasToDOM(network.getPosition(id));
    const sheet = draw("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
    sheet.append(draw("title", {}, document.title), draw("rect", { width, height, fill: theme.colour("ground") }), ...bands(at));
    sheet.append(...lines.get().flatMap((line) => [stroke(line, at), ...crosses(line, at)]));
    for (const id of order) sheet.append(shape({ id, ...at(id), r: nodes.get(id).size * scale }, light && !light.nodes.has(id) ? 0.25 : 1));
    for (const box of kg.labels.now()) sheet.append(...words(box));
    save("graph.svg", [new XMLSerializer().serializeToString(sheet)], "image/svg+xml");
  }

  // A cell that a spreadsheet would take for a formula gets an apostrophe before it.
  function cell(value) {
    const text = String(value ?? "");
    const safe = /^[\s\u0000]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  function row(statement) {
    const { document: from } = statement;
    const values = {
      ...statement, subject: model.name(statement.subject), object: model.name(statement.object), relation: model.lineOf.get(statement.id).label,
      published: statement.day, publisher: from?.publisher, source: from?.source, claim: statement.id,
      sentence: statement.pieces.map(([piece]) => piece).join(""),
    };
    return COLUMNS.map((column) => cell(values[column])).join(",");
  }

  function csv() {
    const { shown } = kg.graph.scene();
    const forced = new Set(model.subject().edges);
    const seen = shown.edges.flatMap((edge) => edge.claims.filter((claim) => forced.has(edge) || model.permitsStatement(claim)));
    const lines = [COLUMNS.join(","), ...seen.map(row)];
    save("graph.csv", ["\ufeff", lines.join("\r\n"), "\r\n"], "text/csv");
  }

  function start() {
    for (const [id, act] of [["save-png", png], ["save-svg", svg], ["save-csv", csv]]) byId(id).addEventListener("click", act);
    byId("print").addEventListener("click", () => window.print());
  }

  return { cell, start };
})();

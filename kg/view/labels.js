// Names and relations, painted over the drawing at one size whatever the zoom. A label that would lie on a node or on
// another label looks for another side, and is left out where there is none: the whole name stands in the tooltip.
kg.labels = (() => {
  const { model, theme } = kg;
  const CELL = 80;
  const MOST_NAMES = 240;
  const MOST_RELATIONS = 140;
  const LINE = 1.2;
  const PAD = 2;
  const widths = new Map();
  let painted = [];
  let grid = new Map();
  let sheet = { width: 0, height: 0 };

  function* cells({ x, y, w, h }) {
    for (let column = Math.floor(x / CELL); column <= Math.floor((x + w) / CELL); column += 1) {
      for (let row = Math.floor(y / CELL); row <= Math.floor((y + h) / CELL); row += 1) yield column * 100003 + row;
    }
  }

  const apart = (a, b) => a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;

  // Whether a box lies on nothing and is not cut by the edge of the drawing.
  function free(box) {
    if (box.x < 0 || box.y < 0 || box.x + box.w > sheet.width || box.y + box.h > sheet.height) return false;
    for (const cell of cells(box)) for (const other of grid.get(cell) ?? []) if (!apart(box, other)) return false;
    return true;
  }

  function take(box) {
    for (const cell of cells(box)) {
      if (grid.has(cell)) grid.get(cell).push(box);
      else grid.set(cell, [box]);
    }
  }

  function width(context, words) {
    const key = `${context.font}|${words}`;
    if (!widths.has(key)) widths.set(key, context.measureText(words).width);
    return widths.get(key);
  }

  function write(context, words, box, size) {
    words.forEach((line, place) => {
      const at = [box.x + box.w / 2, box.y + PAD + (place + 0.5) * LINE * size];
      context.strokeText(line, ...at);
      context.fillText(line, ...at);
    });
  }

  // A box for some lines of text with its middle at a point.
  function boxOf(context, words, size, x, y) {
    const w = Math.max(...words.map((line) => width(context, line))) + 2 * PAD;
    const h = words.length * LINE * size + 2 * PAD;
    return { x: x - w / 2, y: y - h / 2, w, h };
  }

  function sides({ w, h }, { x, y, r }) {
    return [[x, y + r + h / 2 + 1], [x, y - r - h / 2 - 1], [x + r + w / 2 + 2, y], [x - r - w / 2 - 2, y]];
  }

  function style(context, { size, bold, colour }) {
    context.font = `${bold ? "600 " : ""}${size}px ${theme.FONT}`;
    context.fillStyle = theme.colour(colour);
  }

  function name(context, node, look) {
    style(context, look);
    const words = look.words.split("\n");
    const box = boxOf(context, words, look.size, 0, 0);
    for (const [x, y] of sides(box, node)) {
      const tried = { ...box, x: x - box.w / 2, y: y - box.h / 2, id: node.id, kind: "name" };
      if (!free(tried)) continue;
      take(tried);
      write(context, words, tried, look.size);
      painted.push(tried);
      return true;
    }
    return false;
  }

  function relation(context, line, look) {
    style(context, look);
    const room = Math.hypot(line.to.x - line.from.x, line.to.y - line.from.y) - line.from.r - line.to.r;
    if (room < width(context, look.words) * 0.7) return false;
    for (const share of [0.5, 0.4, 0.6, 0.32, 0.68]) {
      const [x, y] = [line.from.x + share * (line.to.x - line.from.x), line.from.y + share * (line.to.y - line.from.y)];
      const tried = { ...boxOf(context, [look.words], look.size, x, y), id: line.id, kind: "relation" };
      if (!free(tried)) continue;
      take(tried);
      write(context, [look.words], tried, look.size);
      painted.push(tried);
      return true;
    }
    return false;
  }

  // nodes: [{id, x, y, r, words, …look}] in pixels, the most important first, without words where they are dimmed; lines: [{id, from, to, words, …look}].
  function paint(context, nodes, lines, frame) {
    sheet = frame;
    painted = [];
    grid = new Map();
    Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3.5, strokeStyle: theme.colour("ground") });
    for (const { x, y, r, words } of nodes) if (words) take({ x: x - r, y: y - r, w: 2 * r, h: 2 * r });
    let left = MOST_NAMES;
    for (const node of nodes) if (left > 0 && node.words && name(context, node, node)) left -= 1;
    left = MOST_RELATIONS;
    for (const line of lines) if (left > 0 && relation(context, line, line)) left -= 1;
  }

  const at = (x, y) => painted.find((box) => x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h);
  const now = () => painted;

  return { at, now, paint };
})();

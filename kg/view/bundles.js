// One line between two entities, however many ties they have; the firmest of them gives the line its look.
kg.bundles = (() => {
  const { say } = kg.dom;
  const { model } = kg;
  const LONGEST_LABEL = 28;
  const RANK = ["asserted", "reported", "hedged", "denied"];
  const held = new Map();
  const bundleOf = new Map();

  const pair = (edge) => JSON.stringify([edge.from, edge.to].sort());
  const standing = (edge) => model.standing(edge) ?? model.standing(edge, true);
  const rank = (edge) => RANK.indexOf(standing(edge)) * 2 + (edge.past ? 1 : 0);
  const foremost = (edges) => (edges.length === 1 ? edges[0] : [...edges].sort((a, b) => rank(a) - rank(b) || b.sources - a.sources)[0]);

  function gather(edges) {
    held.clear();
    bundleOf.clear();
    for (const edge of edges) {
      const id = pair(edge);
      if (held.has(id)) held.get(id).push(edge);
      else held.set(id, [edge]);
      bundleOf.set(edge.id, id);
    }
  }

  const shortened = (words) => (words.length > LONGEST_LABEL ? `${words.slice(0, LONGEST_LABEL)}…` : words);

  function label(edges) {
    const first = foremost(edges);
    const sign = standing(first) === "denied" ? "× " : first.past ? `${say("former")}: ` : "";
    const rest = edges.length - 1;
    return `${sign}${shortened(first.label)}${rest ? ` ${say("more", { count: rest })}` : ""}`;
  }

  function arrows(edges) {
    const towards = (end) => edges.some((edge) => !edge.symmetric && edge.to === end);
    const { from, to } = edges[0];
    return { to: towards(to), from: from !== to && towards(from) };
  }

  return { arrows, bundleOf, foremost, gather, held, label, standing };
})();

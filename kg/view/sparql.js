// The query that gives what the panel shows, ready to copy. IRIs are made of ids that vocab.py found safe; what does not
// look like one gives no query.
kg.sparql = (() => {
  const { announce, button, element, say } = kg.dom;
  const { model } = kg;
  const { base, queries } = model.graph;
  const SAFE = /^[A-Za-z0-9._~/-]+$/;
  const PROPERTY = /^https:\/\/[A-Za-z0-9./#_-]+$/;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (slot, name) => (Object.hasOwn(values, name) ? values[name] : slot));
  const iri = (kind, id) => (SAFE.test(id) ? `${base}${kind}/${id}` : "");
  const line = (text) => text.replace(/\s+/g, " ");

  function entity(id) {
    const address = iri("entity", id);
    return address && fill(queries.entity, { base, entity: address, name: line(model.name(id)) });
  }

  function tie(edge) {
    const [from, to] = [iri("entity", edge.from), iri("entity", edge.to)];
    if (!from || !to || !PROPERTY.test(edge.property)) return "";
    const ends = [`(<${from}> <${to}>)`, edge.symmetric ? ` (<${to}> <${from}>)` : ""].join("");
    return fill(queries.tie, { base, ends, relation: edge.property });
  }

  function finding(id) {
    const address = iri("finding", id);
    return address && fill(queries.finding, { base, finding: address });
  }

  async function copy(shown) {
    try {
      await navigator.clipboard.writeText(shown.textContent);
      announce(say("copied"));
    } catch {
      window.getSelection().selectAllChildren(shown);
      announce(say("copy_by_hand"));
    }
  }

  function box(text) {
    if (!text) return [];
    const shown = element("pre", { tabindex: "0" }, text);
    const made = element("details", { class: "sparql" }, element("summary", {}, say("sparql")), shown, button(say("copy"), () => copy(shown), { class: "quiet" }));
    return [made];
  }

  return { box, entity, finding, tie };
})();

// What lies behind a tie: the sentence with both mentions marked, its source, and how firmly it is said.
kg.evidence = (() => {
  const { element, say } = kg.dom;
  const { model } = kg;

  function quote(statement, tag = "blockquote") {
    const pieces = statement.pieces.map(([text, role]) => (role ? element("mark", { class: role }, text) : text));
    return element(tag, { class: "quote" }, ...pieces);
  }

  // A link for the web, plain text for anything else.
  function source(document) {
    const words = document.title || document.source;
    if (!document.link) return element("span", {}, words);
    const attributes = { href: document.link, rel: "noopener noreferrer", target: "_blank", title: document.link };
    return element("a", attributes, words, element("span", { class: "unseen" }, ` (${say("opens_new")})`));
  }

  function cited(statement) {
    const { document } = statement;
    if (!document) return "";
    return element("span", {}, source(document), document.publisher ? `, ${document.publisher}` : "");
  }

  const date = (statement) => statement.day;

  function said(statement) {
    const denied = statement.polarity === "denied" ? [say("polarity_denied")] : [];
    return [...denied, say(`modality_${statement.modality}`), say(`tense_${statement.tense}`)].join(", ");
  }

  function holds({ valid_from: from, valid_until: until }) {
    return [from && say("from", { date: from }), until && say("until", { date: until })].filter(Boolean).join(", ");
  }

  function field(key, value) {
    return value ? [element("div", {}, element("dt", {}, key), element("dd", {}, value))] : [];
  }

  // Where the sentence says "he" or "the company", whom it was taken to mean.
  function meanings(statement) {
    const pairs = [[statement.said[0], statement.subject], [statement.said[1], statement.object]];
    const known = (id) => [model.name(id), ...(model.entities.get(id)?.aliases ?? [])];
    const unclear = pairs.filter(([words, id]) => !known(id).includes(words));
    return unclear.map(([words, id]) => say("means", { said: words, name: model.name(id) })).join("; ");
  }

  function card(statement) {
    const meant = meanings(statement);
    return element(
      "article", { class: `claim ${model.standingOf(statement)}` },
      quote(statement),
      meant ? element("p", { class: "meaning" }, meant) : null,
      element(
        "dl", { class: "fields" },
        ...field(say("field_source"), cited(statement)),
        ...field(say("field_published"), date(statement) || say("undated")),
        ...field(say("field_said"), said(statement)),
        ...field(say("field_attributed"), statement.attributed_to),
        ...field(say("field_holds"), holds(statement)),
        ...statement.qualifiers.flatMap(([name, value]) => field(say(`qualifier_${name}`), value)),
        ...field(say("field_confidence"), statement.confidence),
      ),
    );
  }

  return { card, cited, date, field, quote, said };
})();

(attacks) => {
  const keys = ["at", "focus", "pathFrom", "day", "after", "before", "confidence", "off", "open", "added", "hidden", "pin", "note"];
  for (const [place, given] of attacks.entries()) {
    const attack = given.toWellFormed();
    const all = keys.map((key) => `${key}=${encodeURIComponent(attack)}`).join("&");
    const kinds = ["entity", "finding", "edges", "path", "group"].map((kind) => `at=${kind}:${encodeURIComponent(attack)}`).join("&");
    const note = `at=entity:person/elon-musk&note=person/elon-musk:${encodeURIComponent(attack)}&off=source:${encodeURIComponent(attack)}`;
    for (const address of [attack, all, kinds, note]) {
      kg.address.read(address);
      kg.panel.show();
    }
    if (place % 8 === 0) kg.model.tell();
  }
  return window.__pwned;
}

// The editor over our endpoint, with our prefixes and named queries.
(() => {
  const { prefixes, queries } = JSON.parse(document.getElementById("data").textContent);
  const endpoint = `${location.origin}/sparql`;
  const shared = new URLSearchParams(location.hash.slice(1)).get("query");  // a link brings a query: no endpoint, no headers
  history.replaceState(null, "", location.pathname);
  const named = document.getElementById("named");
  const editor = new Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    yasqe: { value: `${prefixes}\nSELECT * WHERE {\n  ?subject ?predicate ?object\n}\nLIMIT 20\n` },
  });
  for (const query of queries) named.append(new Option(query.name, query.name));
  named.addEventListener("change", () => {
    const chosen = queries.find((query) => query.name === named.value);
    document.getElementById("reading").textContent = chosen ? chosen.reading : "";
    if (chosen) editor.getTab().getYasqe().setValue(prefixes + chosen.text);
  });
  window.kgEditor = editor;
  if (shared !== null) editor.getTab().getYasqe().setValue(shared);
})();

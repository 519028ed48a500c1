// Sends a document to the running graph, then shows the graph again.
document.getElementById("upload").addEventListener("submit", async (event) => {
  event.preventDefault();
  const told = document.getElementById("told");
  const [file] = document.getElementById("document").files;
  told.textContent = "Reading …";
  const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, {
    method: "POST", body: file, headers: { Authorization: `Bearer ${document.getElementById("token").value}` },
  });
  const said = await answer.json();
  told.textContent = answer.ok ? [`${said.stored} stored, ${said.unchanged} unchanged`, ...said.skipped].join("; ") : said.title;
  if (answer.ok) document.getElementById("view").contentWindow.location.reload();
});

// The graph as it could be known at a day: documents published by then, ties that had begun, roles that had not ended.
kg.time = (() => {
  const { announce, byId, calm, say } = kg.dom;
  const { model } = kg;
  const days = [...new Set([...model.statements.values()].map((statement) => statement.day).filter(Boolean))].sort();
  let timer = 0;

  const place = () => (model.state.day ? days.findLastIndex((day) => day <= model.state.day) : days.length);
  const told = () => (model.state.day ? say("day_is", { date: model.state.day }) : say("day_all"));

  function go(index) {
    model.set({ day: index >= days.length ? "" : days[Math.max(0, index)] });
    announce(told());
  }

  function pause() {
    window.clearInterval(timer);
    timer = 0;
    byId("play").textContent = say("play");
  }

  function step() {
    if (place() >= days.length) return pause();
    return go(place() + 1);
  }

  function play() {
    if (timer) return pause();
    if (place() >= days.length) go(0);
    timer = window.setInterval(step, calm.matches ? 1600 : 800);
    byId("play").textContent = say("pause");
    return undefined;
  }

  function refresh() {
    byId("day").value = String(Math.max(0, place()));
    byId("day").setAttribute("aria-valuetext", told());
    byId("day-words").textContent = told();
    const { day } = model.state;
    for (const control of document.querySelectorAll("#cards .show")) {
      const later = day && model.findings.get(control.dataset.finding).premises.some((id) => model.statements.get(id).day > day);
      control.closest(".card").classList.toggle("later", Boolean(later));
    }
  }

  function start() {
    byId("time").hidden = days.length < 2;
    byId("day").max = String(days.length);
    byId("day").addEventListener("input", (event) => go(Number(event.target.value)));
    byId("play").addEventListener("click", play);
    byId("play").textContent = say("play");
  }

  return { days, refresh, start };
})();

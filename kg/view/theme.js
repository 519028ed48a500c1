// Colours come from the style sheet, so that light, dark and contrast are decided in one place.
kg.theme = (() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const DASHES = { asserted: false, reported: [9, 5], hedged: [2, 6], denied: [9, 5] };
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
  const known = new Map();

  function colour(name) {
    if (!known.has(name)) known.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    return known.get(name);
  }

  dark.addEventListener("change", () => known.clear());

  function nodeColour(fill) {
    const strong = { background: fill, border: colour("ink") };
    return { background: fill, border: colour("ground"), highlight: strong, hover: strong };
  }

  function groups() {
    const shapes = Object.entries(kg.data.options.groups);
    return Object.fromEntries(shapes.map(([type, look]) => [type, { ...look, color: nodeColour(colour(type.toLowerCase())) }]));
  }

  return { DASHES, FONT, colour, dark, groups };
})();

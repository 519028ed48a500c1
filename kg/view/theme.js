// Colours come from the style sheet, so that light, dark and contrast are decided in one place.
kg.theme = (() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const DASHES = { asserted: false, reported: [9, 5], hedged: [2, 6], denied: [9, 5] };
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  function groups() {
    const shapes = Object.entries(kg.data.options.groups);
    return Object.fromEntries(shapes.map(([type, look]) => [type, { ...look, color: nodeColour(colour(type.toLowerCase())) }]));
  }

  function nodeColour(fill) {
    const edge = colour("ground");
    const strong = { background: fill, border: colour("ink") };
    return { background: fill, border: edge, highlight: strong, hover: strong };
  }

  const nodeFont = () => ({ color: colour("ink"), face: FONT, strokeWidth: 4, strokeColor: colour("ground") });

  const edgeFont = (strong) => ({
    color: colour(strong ? "ink" : "muted"), size: strong ? 15 : 12, face: FONT, align: "horizontal",
    strokeWidth: 4, strokeColor: colour("ground"), vadjust: 0,
  });

  return { DASHES, colour, dark, edgeFont, groups, nodeFont };
})();

() => {
  const root = getComputedStyle(document.documentElement);
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const channel = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = (name) => {
    paint.fillStyle = root.getPropertyValue(`--${name}`).trim();
    paint.fillRect(0, 0, 1, 1);
    const [red, green, blue] = paint.getImageData(0, 0, 1, 1).data;
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const found = {};
  for (const ground of ["ground", "sheet", "wash"]) {
    for (const word of ["ink", "muted"]) found[`${word} on ${ground}`] = ratio(word, ground);
  }
  for (const ground of ["ground", "sheet"]) found[`accent on ${ground}`] = ratio("accent", ground);
  for (const ground of ["mark-subject", "mark-object"]) found[`ink on ${ground}`] = ratio("ink", ground);
  found["alarm on alarm-wash"] = ratio("alarm", "alarm-wash");
  for (const shape of ["person", "organization", "product", "place", "line"]) found[`shape ${shape}`] = ratio(shape, "ground");
  return found;
}

"use strict";
// Every element is made here, by createElement and text nodes: nothing that a document says is ever read as markup.
window.kg = {};

kg.data = JSON.parse(document.getElementById("data").textContent);

kg.dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const narrow = window.matchMedia("(max-width: 1080px)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  const byId = (id) => document.getElementById(id);

  // A text of texts.json with its {slots} filled.
  function say(key, values = {}) {
    const fill = (slot, name) => (Object.hasOwn(values, name) ? String(values[name]) : slot);
    return kg.data.texts[key].replace(/\{(\w+)\}/g, fill);
  }

  const count = (number, one, many) => (number === 1 ? say(one) : say(many, { count: number }));

  function dress(made, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") made.addEventListener(name, value);
      else if (value !== false && value !== null) made.setAttribute(name, value === true ? "" : value);
    }
    return made;
  }

  // element("a", {class: "x", click: f}, "text", node, …); empty children are left out.
  function element(tag, attributes = {}, ...children) {
    const made = dress(document.createElement(tag), attributes);
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  const button = (text, click, attributes = {}) => element("button", { type: "button", click, ...attributes }, text);

  function drawing(width, height, ...shapes) {
    const made = dress(document.createElementNS(SVG, "svg"), {
      viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true", focusable: "false",
    });
    made.append(...shapes.map(([tag, attributes]) => dress(document.createElementNS(SVG, tag), attributes)));
    return made;
  }

  // Tells a screen reader what has just happened.
  function announce(text) {
    byId("announce").textContent = text;
  }

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  return { announce, button, byId, calm, count, drawing, element, fold, narrow, say };
})();

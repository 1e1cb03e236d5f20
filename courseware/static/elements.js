// Elements of the document: finding them, making them.

export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const one = (selector, root = document) => root.querySelector(selector);
export const byId = (id) => document.getElementById(id);

// make("p", {class: "x"}, "text", node): an element; no HTML is ever parsed here.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

// True is an attribute without a value, false none.
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : value);
  }
}

// "one, two, three"
export const withCommas = (elements) => elements.flatMap((element, at) => (at ? [", ", element] : [element]));

export const prose = (text) => make("div", { class: "row prose" }, make("p", {}, text));

// A list under its heading.
export const headed = (heading, rows) => [make("h2", { class: "row" }, make("span", {}, heading)), make("ul", { class: "row again" }, ...rows)];

// A copy of one that the document has, with another sign.
export function glyph(name) {
  const copy = one(".glyph").cloneNode(true);
  one("use", copy).setAttribute("href", `#g-${name}`);
  return copy;
}

// A sentence behind its sign.
export const marked = (sign, ...said) => [glyph(sign), make("span", {}, ...said)];

export function button(text, plain, act) {
  const made = make("button", { type: "button", class: plain ? "plain button" : "button" }, text);
  made.addEventListener("click", act);
  return made;
}

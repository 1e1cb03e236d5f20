// The family of marks for state (look): the same ring, half, disc and arrow everywhere, in the text's colour.

const SHAPES = {
  none: '<circle cx="10" cy="10" r="7.5"/>',
  half: '<circle cx="10" cy="10" r="7.5"/><path class="solid" d="M10 2.5a7.5 7.5 0 0 1 0 15z"/>',
  done: '<circle class="solid" cx="10" cy="10" r="8.5"/><path class="inner" d="m6 10.2 2.8 2.8L14 7.6"/>',
  back: '<circle cx="10" cy="10" r="7.5"/><path d="M7 7.2v3h3M7.3 10a3.2 3.2 0 1 1 1 2.6"/>',
  help: '<path d="M10 17S2.4 12.4 2.4 7.3A4.1 4.1 0 0 1 10 5.2a4.1 4.1 0 0 1 7.6 2.1C17.6 12.4 10 17 10 17z"/>',
  list: '<path d="M3 5h14M3 10h14M3 15h9"/>',
  tick: '<path d="m4 10.5 4 4 8-9"/>',
  triangle: '<path class="solid" d="M10 2 19 18H1z"/><path class="inner" d="M10 8v4.5M10 15v.4"/>',
};

/** An SVG that assistive technology passes over: the words beside it say the same. */
export function glyph(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon ${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.innerHTML = SHAPES[name];
  return svg;
}

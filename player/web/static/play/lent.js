// The tools that a course of ours lends (decision 9): on a phone they stand in this page's bar, and its own bar goes.
import { glyph } from "./glyphs.js";

const HELP = "help"; // stays in sight; the others move into the sheet

export class Lent {
  #phone = matchMedia("(max-width: 860px)");
  #course = null;
  #tools = [];

  constructor() {
    addEventListener("message", (event) => this.#hear(event));
    this.#phone.addEventListener("change", () => this.#draw());
  }

  /** What was delivered goes, and its tools with it. */
  clear() {
    this.#course = null;
    this.#tools = [];
    this.#draw();
  }

  #hear({ source, data }) {
    const said = data?.courseware;
    if (!said || source !== document.getElementById("sco")?.contentWindow) return;
    if (Array.isArray(said.tools)) {
      this.#course = source;
      this.#tools = said.tools.filter(({ name, text } = {}) => typeof name === "string" && typeof text === "string");
      this.#draw();
    }
    if (typeof said.closed === "string") document.querySelector(`[data-tool="${CSS.escape(said.closed)}"]`)?.focus();
  }

  #draw() {
    const taken = this.#phone.matches && this.#tools.length > 0;
    const shown = taken ? this.#tools.map((tool) => this.#button(tool)) : [];
    document.getElementById("lent").replaceChildren(...shown.filter(({ dataset }) => dataset.tool === HELP));
    document.getElementById("lent-more").replaceChildren(...shown.filter(({ dataset }) => dataset.tool !== HELP));
    this.#course?.postMessage({ courseware: { taken } }, "*");
  }

  #button({ name, text }) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.dataset.tool = name;
    const words = document.createElement("span");
    words.textContent = text;
    button.append(glyph(name === HELP ? "help" : "list"), words);
    button.addEventListener("click", () => {
      document.getElementById("sco").focus();
      this.#course.postMessage({ courseware: { open: name } }, "*");
      dispatchEvent(new CustomEvent("lent"));
    });
    return button;
  }
}

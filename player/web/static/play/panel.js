// The contents beside the frame, a sheet on phones.
import { words } from "./words.js";

export class Panel {
  #toggle = document.getElementById("toggle");
  #panel = document.getElementById("contents");
  #phone = matchMedia("(max-width: 860px)");
  #chosen = null;

  constructor() {
    this.#toggle.addEventListener("click", () => this.show((this.#chosen = this.#panel.hidden)));
    addEventListener("lent", () => this.#phone.matches && this.show(false));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && !this.#panel.hidden && this.putAway());
    this.#phone.addEventListener("change", () => this.#place());
    this.#place();
  }

  /** Open beside the frame where there is something to choose, unless the learner said otherwise. */
  settle({ parts, choosing }) {
    for (const name of [this.#toggle.querySelector("span"), document.getElementById("contents-title")]) {
      name.textContent = parts > 1 ? words.contents : words.menu;
    }
    if (choosing) this.show(true);
    else if (this.#phone.matches) this.show(false);
    else this.show(this.#chosen ?? parts > 1);
  }

  show(open) {
    this.#panel.hidden = !open;
    this.#toggle.setAttribute("aria-expanded", String(open));
  }

  /** After the end there is nothing to choose. */
  away() {
    this.show(false);
    this.#toggle.hidden = true;
  }

  /** A phone's sheet goes, and the focus with it to what opens it again. */
  putAway() {
    if (!this.#phone.matches) return;
    this.show(false);
    this.#toggle.focus();
  }

  /** A phone's bar has no room for the quieter way out, so it moves into the sheet. */
  #place() {
    const end = document.querySelector("[data-nav=exitAll]");
    document.getElementById(this.#phone.matches ? "more" : "leave").append(end);
  }
}

// A question in a dialog of the page, before something that cannot be undone.

export class Asking {
  #dialog = document.getElementById("asked");
  #answer = () => {};

  /** A button answers at once: the event of the closing comes later, and by then the page could look idle. */
  constructor() {
    for (const button of this.#dialog.querySelectorAll("button")) {
      button.addEventListener("click", () => {
        this.#dialog.close();
        this.#answer(button.value === "yes");
      });
    }
    this.#dialog.addEventListener("close", () => this.#answer(false));
  }

  /** True where it is confirmed; Escape stays. */
  ask({ title, lines, yes, no }) {
    const said = this.#dialog.querySelector("[data-said]");
    this.#dialog.querySelector("h2").textContent = title;
    said.replaceChildren(...lines.filter(Boolean).map(paragraph));
    this.#dialog.querySelector("[data-confirm]").textContent = yes;
    this.#dialog.querySelector("[data-cancel]").textContent = no;
    this.#dialog.showModal();
    return new Promise((done) => {
      this.#answer = done;
    });
  }

  /** There is nothing to ask any more. */
  away() {
    if (this.#dialog.open) this.#dialog.close();
  }
}

export function paragraph(text) {
  const p = document.createElement("p");
  p.textContent = text;
  return p;
}

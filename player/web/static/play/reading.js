// A low screen (a phone on its side, a desk at 400%) has room for the course alone: the bar goes while somebody reads on, and
// comes back when they turn back, or when a key leads into it.

const ON = 24; // so many pixels further, and they read on
const BACK = 48; // so many back, and they turn back: a little more than the bar, which changes the height itself

export class Reading {
  #edge = 0;

  /** Follows what is delivered, whatever in it scrolls. */
  watch(frame) {
    this.#say(false, 0);
    frame.addEventListener("load", () => {
      try {
        frame.contentWindow.addEventListener("scroll", ({ target }) => this.#scrolled(target), { capture: true, passive: true });
      } catch {
        // A page of another origin tells nothing: the bar stays.
      }
    });
  }

  #scrolled(target) {
    const at = (target.scrollingElement ?? target).scrollTop;
    if (this.#reads ? at < this.#edge - BACK || at <= 0 : at > this.#edge + ON) this.#say(!this.#reads, at);
    this.#edge = this.#reads ? Math.max(this.#edge, at) : Math.min(this.#edge, at);
  }

  get #reads() {
    return document.body.hasAttribute("data-reading");
  }

  #say(reads, at) {
    document.body.toggleAttribute("data-reading", reads);
    this.#edge = at;
  }
}

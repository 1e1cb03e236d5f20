// Putting a SCO before the learner, and taking it away so that it can still speak.

const ALLOW = "unload; autoplay; fullscreen; encrypted-media; picture-in-picture; clipboard-write; microphone; camera";

export class Delivery {
  #stage;
  #frame = null;

  constructor(stage) {
    this.#stage = stage;
  }

  /**
   * A frame of its own for each delivery: nothing of the one before can linger in it. Its name tells our courses what
   * this page shows already: `bar=help` title and contents, `bar=contents` the title only.
   */
  show({ href, title, name }) {
    const focused = this.#frame !== null && document.activeElement === this.#frame;
    this.remove();
    const frame = document.createElement("iframe");
    Object.assign(frame, { id: "sco", name, title, allow: ALLOW });
    frame.src = href;
    this.#stage.prepend(frame);
    this.#frame = frame;
    if (focused) frame.focus();
  }

  /** Removing the frame runs its `pagehide` and `unload`; many SCOs save on `beforeunload`, so they hear that too. */
  remove({ warned = false } = {}) {
    if (!this.#frame) return;
    if (!warned) forewarn(this.#frame.contentWindow);
    this.#frame.remove();
    this.#frame = null;
  }

  /** Turns the frame to another page of what is delivered, as if its link had led there; false where there is none. */
  turn(url) {
    if (!this.#frame) return false;
    if (!shows(this.#frame, url)) this.#frame.contentWindow.location.assign(url); // a page that breaks out would come back for ever
    return true;
  }

  get shown() {
    return this.#frame !== null;
  }
}

function shows(frame, url) {
  try {
    return frame.contentWindow.location.href === url;
  } catch {
    return false; // a page of another origin
  }
}

function forewarn(frame) {
  try {
    frame.dispatchEvent(new frame.Event("beforeunload", { cancelable: true }));
    for (let at = 0; at < frame.length; at += 1) forewarn(frame[at]);
  } catch {
    // A frame on another origin cannot be told; its own unload still runs.
  }
}

// Shows a SCO in its frame, and removes it so that it can still make calls.

const ALLOW = "unload; autoplay; fullscreen; encrypted-media; picture-in-picture; clipboard-write; microphone; camera";

export class Delivery {
  #stage;
  #on;
  #frame = null;

  /** `on.shown` hears of each frame, `on.removed` that it goes. */
  constructor(stage, on) {
    this.#stage = stage;
    this.#on = on;
  }

  /**
   * A frame of its own for each delivery: nothing of the one before can stay in it. Its name tells our courses what
   * this page shows already: `bar=help` title and contents, `bar=contents` the title only.
   */
  show({ href, title, name }) {
    const focused = this.#frame !== null && document.activeElement === this.#frame;
    this.remove();
    const frame = document.createElement("iframe");
    Object.assign(frame, { id: "sco", name, title, allow: ALLOW });
    frame.src = href;
    frame.addEventListener("load", () => document.activeElement === document.body && frame.focus(), { once: true });
    this.#stage.prepend(frame);
    this.#frame = frame;
    this.#on.shown(frame);
    if (focused) frame.focus();
  }

  /**
   * Removes the frame, which runs its `pagehide` and `unload`. `missing` names the events that the browser itself leaves out,
   * first `beforeunload`, on which many SCOs save.
   */
  remove(missing = ["beforeunload"]) {
    if (!this.#frame) return;
    for (const event of missing) dispatch(this.#frame.contentWindow, event);
    this.#frame.remove();
    this.#frame = null;
    this.#on.removed();
  }

  /** Turns the frame to another page of what is delivered, as if its link had led there; false where there is none. */
  turn(url) {
    if (!this.#frame) return false;
    if (!shows(this.#frame, url)) this.#frame.contentWindow.location.assign(url); // a page that breaks out would come back for ever
    return true;
  }

  get frame() {
    return this.#frame;
  }
}

function shows(frame, url) {
  try {
    return frame.contentWindow.location.href === url;
  } catch {
    return false; // a page of another origin
  }
}

function dispatch(frame, event) {
  try {
    frame.dispatchEvent(new frame.Event(event, { cancelable: event === "beforeunload" }));
    for (let at = 0; at < frame.length; at += 1) dispatch(frame[at], event);
  } catch {
    // A frame on another origin cannot be told; its own unload still runs.
  }
}

// Messages about saving, and the notice in the frame's place when nothing is delivered.
import { paragraph } from "./asking.js";
import { glyph } from "./glyphs.js";
import { clock, words } from "./words.js";

const PATIENCE = 1000; // "Saving" is shown only after this long

export class Notices {
  #saved = document.getElementById("saved");
  #trouble = document.getElementById("trouble");
  #notice = document.getElementById("notice");
  #news = document.getElementById("news");
  #later = 0;

  /** Shows in the bar and the band below it where the calls are: `{outbox, at, underWay}`. */
  saving(shown) {
    const { outbox, at } = shown;
    clearTimeout(this.#later);
    const slow = outbox.flying && Date.now() - outbox.since >= PATIENCE;
    if (outbox.flying && !slow) this.#later = setTimeout(() => this.saving(shown), PATIENCE);
    this.#bar(outbox.trouble ? "half" : slow ? null : "tick", outbox.trouble ? words.unsent : slow ? words.saving : at && words.saved(clock(at)));
    this.#band(...trouble(shown));
  }

  news(sentence) {
    this.#news.textContent = sentence;
  }

  /** Fills the stage with a notice; it takes the focus, because the element that had it is gone. */
  stand({ mark, title, lines = [], actions = [], focus = true }) {
    const heading = document.createElement("h2");
    heading.id = "notice-title";
    heading.textContent = title;
    const row = document.createElement("p");
    row.className = "actions";
    row.append(...actions.filter(Boolean).map(action));
    this.#notice.replaceChildren(glyph(mark), heading, ...lines.filter(Boolean).map(paragraph), ...(row.childNodes.length ? [row] : []));
    this.#notice.hidden = false;
    if (focus) this.#notice.focus();
  }

  clear() {
    this.#notice.hidden = true;
  }

  #bar(mark, sentence) {
    this.#saved.hidden = !sentence;
    if (this.#saved.textContent === sentence) return;
    const text = document.createElement("span");
    text.textContent = sentence || "";
    this.#saved.replaceChildren(...(mark ? [glyph(mark)] : []), text);
  }

  #band(head, sentence) {
    const message = [head, sentence].filter(Boolean).join(" ");
    if (this.#trouble.textContent.trim() === message) return;
    const strong = document.createElement("strong");
    strong.textContent = head ? `${head} ` : "";
    const text = document.createElement("span");
    text.append(strong, sentence || "");
    this.#trouble.replaceChildren(...(message ? [glyph("back"), text] : []));
  }
}

function trouble({ outbox, underWay }) {
  if (outbox.trouble === "failed" || (outbox.trouble && !outbox.kept)) return ["", words.notSaved];
  if (outbox.trouble && underWay) return ["", words.moving];
  if (outbox.trouble) return [words.offlineHead, words.offline(answers(outbox.unsent))];
  return ["", outbox.kept ? "" : words.notKept];
}

/** Questions answered since the server last heard: an interaction's response set twice is still one answer. */
export function answers(calls) {
  const responses = calls.map(([, , element]) => /^cmi\.interactions\.([0-9]+)\.(?:learner|student)_response$/.exec(element ?? ""));
  return new Set(responses.filter(Boolean).map(([, index]) => index)).size;
}

function action({ text, href, act, main = false }) {
  const control = document.createElement(href ? "a" : "button");
  control.textContent = text;
  control.className = main ? "fill" : "link";
  if (href) control.href = href;
  else Object.assign(control, { type: "button", onclick: act });
  return control;
}

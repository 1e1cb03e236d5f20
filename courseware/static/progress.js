// The progress: the spine of the bar, the lists of lessons, and the sentences about what is left.

import { all, make, marked, one, setAttributes } from "./elements.js";

const GLYPHS = { done: "disc", known: "tick", "under way": "half", "not passed": "again", "not begun": "ring", locked: "ring" };

export class Progress {
  constructor(session, word) {
    Object.assign(this, { session, word });
    this.spine = one("[data-spine]");
    this.states = Object.create(null); // of the screens that are no lessons, by their ids
  }

  draw(current) {
    this.current = current;
    const { session, word } = this;
    const { course } = session;
    const counted = lessonsDone(session, word);
    const left = session.minutesLeft();
    const rest = left ? word.counted("minutes left", left) : "";
    const sentence = rest
      ? word("progress and left", { progress: counted, left: rest[0].toLowerCase() + rest.slice(1) })
      : counted;
    one("[data-progress]").textContent = sentence;
    one("[data-left]").textContent = left < course.minutes && !session.sco ? rest : ""; // the start page shows them already
    this.drawSpine(sentence);
    for (const item of all("[data-lesson]")) this.drawItem(item, this.stateOf(item.dataset.lesson));
  }

  stateOf(id) {
    if (this.states[id]) return this.states[id](this.isHere(id));
    const part = this.session.partAt(id);
    const lesson = part.course.lessons.find((each) => each.id === id);
    if (part.isRead(lesson)) return "done";
    if (part.isSpared(lesson)) return "known";
    return part.shareOf(lesson) || id === this.current ? "under way" : "not begun";
  }

  isHere(id) {
    const { prefix, asks } = this.session.partAt(this.current);
    return id === (this.current === `${prefix}questions.` ? prefix + asks.before : this.current);
  }

  drawItem(item, state) {
    item.dataset.state = state;
    one("use", item).setAttribute("href", `#g-${GLYPHS[state]}`);
    one(".state", item).textContent = `(${this.word(`lesson ${state}`)})`;
    const opens = one(".opens", item);
    if (opens) opens.hidden = state !== opens.dataset.when;
    setAttributes(one("a", item), { "aria-current": this.isHere(item.dataset.lesson) && "true" });
  }

  drawSpine(sentence) {
    const { session, word, spine } = this;
    const part = session.partAt(this.current);
    const parts = part.course.lessons.map((lesson) => [lesson.id, lesson.minutes, part.shareOf(lesson)]);
    if (part.final) parts.push([`${part.prefix}assessment.`, part.final.minutes, part.passed() ? 1 : part.shareAnswered()]);
    if (this.shown !== part) this.fillSpine(parts);
    this.shown = part;
    spine.setAttribute("aria-label", part.label?.(word) ?? sentence);
    parts.forEach(([id, , share], at) => {
      const segment = spine.children[at];
      segment.dataset.state = this.isHere(id) && share < 1 ? "current" : this.stateOf(id);
      segment.firstElementChild.style.inlineSize = `${share * 100}%`;
    });
  }

  fillSpine(parts) {
    this.spine.replaceChildren(...parts.map(([, minutes]) => {
      const segment = make("i", {}, make("b"));
      segment.style.flexGrow = String(minutes || 5);
      return segment;
    }));
    this.spine.hidden = false;
  }
}

// "5 of 9 lessons done, 2 of them known already".
export function lessonsDone(session, word) {
  return withKnown(word.counted("progress", session.course.lessons.length, { done: session.lessonsDone() }), session, word);
}

export function withKnown(done, session, word) {
  const n = session.lessonsSpared();
  return n ? `${done}, ${word("of them known", { n })}` : done;
}

// "Saved", where it is.
export function savedMark(session, word) {
  if (!session.isKept()) return [];
  return marked("tick", word(session.lms.local ? "saved here" : "saved"));
}

// The progress: the spine of the bar, the lists of lessons, and the sentences about what is left.

import { all, glyph, make, one } from "./elements.js";
import { OVER, PRE_TEST, UNDER_WAY } from "./stages.js";

const GLYPHS = { done: "disc", known: "tick", "under way": "half", "not passed": "again", "not begun": "ring", locked: "ring" };

export class Progress {
  constructor(session, word) {
    Object.assign(this, { session, word });
    this.spine = one("[data-spine]");
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
    const { session } = this;
    const part = session.partAt(id);
    if (id === `${part.prefix}assessment.`) {
      if (part.passed()) return "done";
      if (part.state.stage === OVER) return "not passed";
      if (!part.opensQuestions()) return "locked";
      return part.state.stage === UNDER_WAY || this.isHere(id) ? "under way" : "not begun";
    }
    if (id === "pre-test.") return session.state.tested ? "done" : session.state.stage === PRE_TEST || this.isHere(id) ? "under way" : "not begun";
    const lesson = part.course.lessons.find((each) => each.id === id);
    if (part.isRead(lesson)) return "done";
    if (part.isSpared(lesson)) return "known";
    return part.shareOf(lesson) || id === this.current ? "under way" : "not begun";
  }

  isHere(id) {
    const { prefix, state } = this.session.partAt(this.current);
    const asks = state.stage === PRE_TEST ? "pre-test." : "assessment.";
    return id === (this.current === `${prefix}questions.` ? prefix + asks : this.current);
  }

  drawItem(item, state) {
    item.dataset.state = state;
    one("use", item).setAttribute("href", `#g-${GLYPHS[state]}`);
    one(".state", item).textContent = `(${this.word(`lesson ${state}`)})`;
    const opens = one(".opens", item);
    if (opens) opens.hidden = state !== opens.dataset.when;
    if (this.isHere(item.dataset.lesson)) one("a", item).setAttribute("aria-current", "true");
    else one("a", item).removeAttribute("aria-current");
  }

  drawSpine(sentence) {
    const { session, spine, word } = this;
    const part = session.partAt(this.current);
    const parts = part.course.lessons.map((lesson) => [lesson.id, lesson.minutes, part.shareOf(lesson)]);
    if (part.final) parts.push([`${part.prefix}assessment.`, part.final.minutes, part.passed() ? 1 : part.shareAnswered()]);
    if (this.shown !== part) this.fillSpine(parts);
    this.shown = part;
    const { title } = part.course;
    spine.setAttribute("aria-label", part.isOptional ? `${word("optional part", { title })}: ${lessonsDone(part, word)}` : sentence);
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
    this.spine.setAttribute("role", "img");
    this.spine.hidden = false;
  }
}

// "5 of 9 lessons done, 2 of them known already".
export function lessonsDone(session, word) {
  const done = word.counted("progress", session.course.lessons.length, { done: session.lessonsDone() });
  const known = session.lessonsSpared();
  return known ? `${done}, ${word("of them known", { n: known })}` : done;
}

// "Saved", where it is.
export function savedMark(session, word) {
  if (session.looking || (session.lms.local && !session.lms.kept) || session.failing) return [];
  return [glyph("tick"), make("span", {}, word(session.lms.local ? "saved here" : "saved"))];
}

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
    one("[data-left]").textContent = left < course.minutes ? rest : ""; // the start page shows them already
    this.drawSpine(sentence);
    for (const item of all("[data-lesson]")) this.drawItem(item, this.stateOf(item.dataset.lesson));
  }

  stateOf(id) {
    const { session } = this;
    if (id === "assessment.") {
      if (session.passed()) return "done";
      if (session.state.stage === OVER) return "not passed";
      if (!session.opensQuestions()) return "locked";
      return session.state.stage === UNDER_WAY || this.isHere(id) ? "under way" : "not begun";
    }
    if (id === "pre-test.") return session.state.tested ? "done" : session.state.stage === PRE_TEST || this.isHere(id) ? "under way" : "not begun";
    const lesson = session.course.lessons.find((each) => each.id === id);
    if (session.isRead(lesson)) return "done";
    if (session.isSpared(lesson)) return "known";
    return session.shareOf(lesson) || id === this.current ? "under way" : "not begun";
  }

  isHere(id) {
    const asks = this.session.state.stage === PRE_TEST ? "pre-test." : "assessment.";
    return id === (this.current === "questions." ? asks : this.current);
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
    const { session, spine } = this;
    const parts = session.course.lessons.map((lesson) => [lesson.id, lesson.minutes, session.shareOf(lesson)]);
    if (session.final) parts.push(["assessment.", session.final.minutes, session.passed() ? 1 : session.shareAnswered()]);
    if (spine.childElementCount !== parts.length) this.fillSpine(parts);
    spine.setAttribute("aria-label", sentence);
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

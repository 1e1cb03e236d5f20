// A check in a lesson: practice, with feedback at once, never scored.

import { byId, one } from "./elements.js";
import { isAnswered, isRight } from "./kinds.js";
import { savedMark } from "./progress.js";
import { QuestionForm } from "./question_form.js";
import { keyed, noAnswer } from "./state.js";

export class Check {
  constructor(question, session, word, screens) {
    const form = byId(`q.${question.id}`);
    Object.assign(this, { question, session, word, screens, form });
    this.view = new QuestionForm(form, question, word);
    this.key = keyed(question, false);
    this.answer = session.state.answers[this.key] || noAnswer();
    this.submit = one("[type=submit]", form);
    this.reveal = one("[data-reveal]", form);
    this.later = one("[data-later]", form);
    this.refused = one(".refused", form);
    this.kept = one(".kept", form);
    this.listen();
    this.draw();
  }

  listen() {
    const { form } = this;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.isOver()) this.goOn();
      else if (this.answer.checked) this.again();
      else this.judge();
    });
    for (const kind of ["change", "input"]) form.addEventListener(kind, () => this.changed());
    this.reveal.addEventListener("click", () => this.showAnswer());
    this.later.addEventListener("click", (event) => {
      event.preventDefault();
      this.goOn();
    });
    new IntersectionObserver((seen, observer) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      this.since = performance.now();
      observer.disconnect();
    }).observe(form);
  }

  changed() {
    this.refused.hidden = true;
  }

  isGood() {
    return this.answer.checked && isRight(this.question, this.answer.given);
  }

  isOver() {
    return this.answer.shown || this.isGood();
  }

  // The button stays where the focus is, and says what it does next.
  draw() {
    const { answer, view, word } = this;
    this.submit.textContent = word(this.isOver() ? "go on" : answer.checked ? "try again" : "check");
    this.reveal.hidden = this.isOver() || !answer.checked;
    this.later.hidden = answer.checked || answer.shown;
    view.unmark();
    view.fill(answer.given);
    if (!answer.checked && !answer.shown) return;
    view.mark(answer.given, answer.shown);
    view.tell(answer.given, answer.shown && !this.isGood());
  }

  judge() {
    const { answer, form } = this;
    const given = this.view.read();
    this.refused.hidden = isAnswered(this.question, given);
    if (!this.refused.hidden) {
      this.refused.scrollIntoView({ block: "nearest" }); // the options may have pushed it out of the window
      return;
    }
    const seconds = this.since ? (performance.now() - this.since) / 1000 : 0;
    const typed = one(".asked :focus", form); // it gets disabled, which would lose the focus
    Object.assign(answer, { given, tries: answer.tries + 1, checked: true });
    this.session.record(this.question, given, seconds, 0);
    this.draw();
    if (typed) this.submit.focus({ preventScroll: true });
    this.remember();
  }

  again(given = []) {
    Object.assign(this.answer, { given, checked: false });
    this.since = performance.now();
    this.draw();
    this.remember();
    this.kept.replaceChildren();
    one(".asked :is(input, select, textarea, button)", this.form).focus();
  }

  showAnswer() {
    this.answer.shown = true;
    this.draw();
    this.remember();
    this.submit.focus();
  }

  remember() {
    const { session } = this;
    session.state.answers[this.key] = this.answer;
    session.remember(true);
    this.kept.replaceChildren(...savedMark(session, this.word));
    this.screens.drawProgress();
  }

  // On to what follows the question: the next block, page, or the lesson's end.
  goOn() {
    const { form } = this;
    const follows = form.nextElementSibling;
    const next = follows && !follows.matches("[data-end]") ? follows : form.closest(".page").nextElementSibling;
    next.id ||= `${form.id}.next`;
    this.screens.show(next.id, { replace: true });
  }
}

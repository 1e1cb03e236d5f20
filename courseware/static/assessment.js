// The final questions, one after the other and scored at the end.

import { orderOf } from "./draw.js";
import { all, byId, make, one, setAttributes, withCommas } from "./elements.js";
import { savedMark } from "./progress.js";
import { QuestionForm } from "./question_form.js";
import { Result } from "./result.js";
import { OVER, UNDER_WAY } from "./stages.js";

export class Assessment {
  constructor(session, word, screens) {
    Object.assign(this, { session, word, screens, final: session.final });
    this.section = byId(this.screen("questions."));
    this.intro = byId(this.screen("assessment."));
    this.refused = one("[data-unanswered]", this.section);
    this.kept = one(".turning .kept", this.section);
    this.views = new Map(this.final.questions.map((question) => [question, this.viewOf(question)]));
    this.seconds = new Map();
    this.at = 0;
    this.since = performance.now();
    this.result = new Result(session, word, { review: () => this.review(), start: () => this.start() });
    this.listen();
    this.handIn = { [UNDER_WAY]: () => this.finish() }; // by what is under way
    if (session.state.stage) this.layOut();
    screens.entering[this.screen("assessment.")] = () => this.introduce();
    screens.entering[this.screen("questions.")] = () => this.isReview() || this.turn(this.at, false);
    screens.entering[this.screen("results.")] = () => this.result.draw();
    screens.progress.states[this.screen("assessment.")] = (isHere) => this.progressState(isHere);
  }

  // The id of one of the screens of this part of the course.
  screen(name) {
    return this.session.prefix + name;
  }

  progressState(isHere) {
    const { session } = this;
    const { stage } = session.state;
    if (session.passed()) return "done";
    if (stage === OVER) return "not passed";
    if (!session.opensQuestions()) return "locked";
    return stage === UNDER_WAY || isHere ? "under way" : "not begun";
  }

  viewOf(question) {
    const view = new QuestionForm(byId(`a.${question.id}`), question, this.word);
    view.form.addEventListener("change", () => this.changed(question));
    view.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.at < this.asked.length - 1) this.turn(this.at + 1, true);
    });
    return view;
  }

  listen() {
    const { section } = this;
    one("[data-questions]", this.intro).addEventListener("click", () => this.start());
    one("[data-submit]", section).addEventListener("click", () => this.submit());
    for (const button of all("[data-turn]", section)) {
      button.addEventListener("click", () => this.turn(this.at + Number(button.dataset.turn), true));
    }
    for (const button of all("[data-to]", section)) button.addEventListener("click", () => this.turn(Number(button.dataset.to), true));
  }

  get asked() {
    return this.session.state.asked;
  }

  isReview() {
    return this.section.hasAttribute("data-review");
  }

  start() {
    if (this.session.opensQuestions()) this.ask(UNDER_WAY);
  }

  ask(stage) {
    const { session, screens } = this;
    session.beginTry(stage);
    screens.comeBack("");
    this.layOut();
    screens.show(this.screen("questions."), { replace: false });
    this.turn(this.at, true);
  }

  resume(index) {
    this.screens.show(this.screen("questions."), { replace: true, first: true });
    this.turn(index, false);
  }

  // The questions of this try in their order, each with its options in the order of this try.
  layOut() {
    const { session, word, final, section } = this;
    const { title, worth } = session.asks;
    section.removeAttribute("data-review");
    one("h1", section).textContent = word(title);
    all("[data-to]", section).forEach((button, at) => { button.parentElement.hidden = at >= this.asked.length; });
    for (const [question, { form }] of this.views) form.hidden = !this.asked.includes(question);
    const turning = one(".turning", section);
    this.asked.forEach((question, at) => {
      const view = this.views.get(question);
      section.insertBefore(view.form, turning);
      one("[data-worth]", view.form).textContent = word(worth);
      one("[data-number]", view.form).textContent = word("question of", { number: at + 1, total: this.asked.length });
      if (final.shuffled && view.kind.arrange) {
        const seed = `${session.state.seed}.${question.id}`;
        view.kind.arrange(view.form, orderOf(question.letters, question.last, seed));
      }
      view.unmark();
      view.fill(session.givenTo(question));
    });
    this.kept.replaceChildren();
    this.seconds.clear();
    const open = this.asked.findIndex((question) => !session.isAnswered(question));
    this.at = open < 0 ? Math.max(0, this.asked.length - 1) : open;
    this.since = performance.now();
  }

  count() {
    const question = this.asked[this.at];
    this.seconds.set(question, (this.seconds.get(question) || 0) + (performance.now() - this.since) / 1000);
    this.since = performance.now();
  }

  turn(to, focus) {
    const last = this.asked.length - 1;
    this.count();
    this.at = Math.max(0, Math.min(last, to));
    const shown = this.views.get(this.asked[this.at]).form;
    for (const { form } of this.views.values()) form.toggleAttribute("data-now", form === shown);
    one("[data-turn='-1']", this.section).hidden = this.at === 0;
    one("[data-turn='1']", this.section).hidden = this.at === last;
    this.refused.hidden = true;
    this.drawList();
    if (!focus) return;
    this.session.setPlace(`${this.session.asks.place}.${this.at.toString(36)}`);
    this.session.remember(false); // the answer is saved already, and a commit can hold an LMS up
    one(".ask", shown).focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  drawList() {
    const { session, word, asked, section } = this;
    const isLast = this.at === asked.length - 1;
    const finish = one("[data-submit]", section);
    finish.hidden = !isLast && session.answered().length < asked.length;
    finish.classList.toggle("plain", !isLast);
    all("[data-to]", section).slice(0, asked.length).forEach((button, index) => {
      const done = session.isAnswered(asked[index]);
      button.toggleAttribute("data-done", done);
      setAttributes(button, {
        "aria-label": `${word("question of", { number: index + 1, total: asked.length })}, ${word(done ? "answered" : "not answered")}`,
        "aria-current": index === this.at && "step",
      });
    });
  }

  changed(question) {
    const { session } = this;
    const view = this.views.get(question);
    Object.assign(session.answerTo(question), { given: view.read() });
    one(".refused", view.form).hidden = true;
    this.refused.hidden = true;
    session.remember(true);
    this.kept.replaceChildren(...savedMark(session, this.word));
    this.drawList();
    this.screens.drawProgress();
  }

  submit() {
    const { session, word, asked } = this;
    const open = asked.flatMap((question, at) => (session.isAnswered(question) ? [] : [String(at + 1)]));
    this.refused.hidden = open.length === 0;
    if (open.length) {
      one("span", this.refused).textContent = word("answer all", { list: word.list(open) });
      return;
    }
    this.count();
    this.handIn[session.state.stage]();
  }

  finish() {
    this.session.submit(this.seconds);
    this.screens.show(this.screen("results."));
  }

  // Every question with the learner's answer and the right one.
  review() {
    const { session, word } = this;
    this.section.setAttribute("data-review", "");
    for (const question of this.asked) {
      const view = this.views.get(question);
      const given = session.givenTo(question);
      view.form.removeAttribute("data-now");
      view.fill(given);
      view.mark(given, true);
      view.tell(given, false);
    }
    this.screens.comeBack(this.screen("results."), word("back to result"));
    this.screens.show(this.screen("questions."));
  }

  // The page before the questions.
  introduce() {
    const { session, word, final, intro } = this;
    const { stage, tries } = session.state;
    const isUnderWay = stage === UNDER_WAY;
    const locked = !session.opensQuestions();
    const used = session.triesLeft() === 0 && !session.passed();
    const [note, left] = [one("[data-locked]", intro), one("[data-tries]", intro)];
    note.hidden = !locked && !used;
    note.replaceChildren(...used ? [word("tries used up")] : locked ? this.stillToRead() : []);
    left.hidden = locked || used;
    if (final.tries && tries) left.textContent = word.counted("tries left", session.triesLeft());
    one("[data-questions]", intro).hidden = locked || used;
    one("[data-questions] span", intro).textContent = word(isUnderWay ? "continue with questions" : "start questions");
    one("[data-so-far]", intro).textContent = isUnderWay ? word("answered so far", { done: session.answered().length, total: final.number }) : "";
  }

  stillToRead() {
    const { session, word } = this;
    const left = session.course.lessons.filter((lesson) => !session.lessonDone(lesson));
    const links = withCommas(left.map(({ id, title }) => make("a", { href: `#${id}` }, title)));
    return [make("span", { class: "line" }, word("opens after all")), word("still to read"), " ", ...links];
  }
}

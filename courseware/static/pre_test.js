// The pre-test: questions of the assessment's bank, asked once before the course. Whoever passes an objective is spared
// its lessons: they stay open, and count as done. Only objectives are told, as the final questions draw from the same bank.

import { all, button, byId, make, one, withCommas } from "./elements.js";
import { extras } from "./extras.js";
import { seenAfter } from "./draw.js";
import { clearFinal } from "./state.js";
import { NOT_BEGUN, PRE_TEST, PRE_TEST_ID } from "./stages.js";

class PreTest {
  constructor(assessment) {
    const { session, screens, word } = assessment;
    Object.assign(this, { assessment, session, screens, word, test: session.final.preTest });
    assessment.handIn[PRE_TEST] = () => this.finish();
    one("[data-pre-test]").addEventListener("click", () => this.start());
    screens.entering["pre-test."] = () => this.draw();
    for (const lesson of session.course.lessons) screens.entering[lesson.id] = () => this.enterLesson(lesson);
    screens.progress.states["pre-test."] = (isHere) => this.progressState(isHere);
    this.offer();
  }

  progressState(isHere) {
    const { tested, stage } = this.session.state;
    if (tested) return "done";
    return stage === PRE_TEST || isHere ? "under way" : "not begun";
  }

  get objectives() {
    return Object.keys(this.test.draw);
  }

  // Once, before the final questions, and while there is a lesson that it can spare.
  isOpen() {
    const { session } = this;
    const { state } = session;
    return !state.tested && [NOT_BEGUN, PRE_TEST].includes(state.stage) && !state.tries
      && session.everyLesson().some((lesson) => this.objectives.includes(lesson.objective) && !session.isRead(lesson));
  }

  // A refresher begins with it, for whoever has not begun with the lessons.
  opensCourse() {
    const { course, state } = this.session;
    return Boolean(course.refreshes) && !state.stage && !Object.keys(state.read).length && this.isOpen();
  }

  // The first thing that is left to do, where that is the pre-test.
  onward() {
    const { session, word } = this;
    const underWay = session.state.stage === PRE_TEST;
    if (this.opensCourse()) return ["pre-test.", word("take pre-test")];
    if (session.isPreTest) return ["pre-test.", word(underWay ? "continue with pre-test" : "pre-test")];
    return underWay ? ["questions.", word("continue with pre-test")] : null;
  }

  start() {
    if (this.isOpen()) this.assessment.ask(PRE_TEST);
  }

  passes(objective) {
    const { state } = this.session;
    const { answered, missed } = this.session.resultOf(state.asked.filter((question) => question.objective === objective));
    return answered >= this.test.pass[objective] && !missed.length;
  }

  finish() {
    const { session, assessment } = this;
    const { state, final } = session;
    state.spared = this.objectives.filter((objective) => this.passes(objective));
    state.tested = true;
    for (const question of state.asked) {
      const told = { ...question, id: PRE_TEST_ID + question.id };
      session.record(told, session.givenTo(question), assessment.seconds.get(question) || 0, 0);
    }
    if (final.draw) state.seen = seenAfter(state.seen, state.asked);
    clearFinal(state); // the final questions ask of the same bank
    session.remember(true);
    this.screens.show("pre-test.");
  }

  // The course's first page: an offer, or what is known.
  offer() {
    const { session, word } = this;
    const { tested, stage } = session.state;
    const isOpen = this.isOpen();
    for (const place of all("[data-lesson='pre-test.'], [data-offer]")) place.hidden = !isOpen && !tested;
    if (session.isPreTest) return; // a SCO of its own needs no offer
    one("[data-offer] p").textContent = tested ? `${this.known()}.` : word.counted("pre-test offer", this.test.number, { minutes: this.minutes() });
    one("[data-offer] a").textContent = word(tested ? "see pre-test" : stage === PRE_TEST ? "continue with pre-test" : "take pre-test");
  }

  minutes() {
    return this.word.counted("about minutes", this.test.minutes);
  }

  known() {
    return this.word.counted("pre-test known", this.objectives.length, { known: this.session.state.spared.length });
  }

  // The page before its questions, and its result.
  draw() {
    const { session, word } = this;
    const { tested, stage } = session.state;
    const isOpen = this.isOpen();
    one("[data-pre-test-title]").textContent = tested ? this.known() : word("pre-test");
    one("[data-pre-test-lede]").textContent = tested ? this.lede()
      : isOpen ? word.counted("pre-test intro", this.test.number, { minutes: this.minutes() }) : word("pre-test closed");
    one("[data-pre-test]").hidden = tested || !isOpen;
    one("[data-pre-test] span").textContent = word(stage === PRE_TEST ? "continue with pre-test" : "start pre-test");
    const next = session.course.lessons.find((lesson) => !session.lessonDone(lesson));
    one("[data-after-pre-test]").replaceChildren(...tested ? [this.table(), this.closing(next)] : session.isPreTest ? [this.closing(next)] : []);
  }

  lede() {
    const { session, word } = this;
    return word(session.state.spared.length ? "pre-test spares" : "pre-test spares none");
  }

  table() {
    const { session, word } = this;
    const { course, state } = session;
    const rows = this.objectives.map((objective) => {
      const taught = session.everyLesson().filter((lesson) => lesson.objective === objective);
      const link = (lesson) => (byId(lesson.id) ? make("a", { href: `#${lesson.id}` }, lesson.title) : lesson.title);
      return make("li", {}, make("span", {}, make("strong", {}, course.objectives[objective]), make("small", {}, ...withCommas(taught.map(link)))),
        make("small", {}, word(state.spared.includes(objective) ? "lesson known" : "still to learn")));
    });
    return make("ul", { class: "row again" }, ...rows);
  }

  closing(next) {
    const { session, word } = this;
    if (session.isPreTest) {
      const on = button(word("part onward"), false, () => session.leave(true));
      return make("div", { class: "row closing" }, make("p", { class: "actions" }, on));
    }
    const number = session.course.lessons.indexOf(next) + 1;
    const words = next ? word("continue with lesson", { number }) : word("continue with questions");
    return make("div", { class: "row closing" }, make("p", { class: "actions" },
      make("a", { class: "button", href: next ? `#${next.id}` : "#assessment." }, words)));
  }

  // A lesson says that it is known, and its Next passes over those that are.
  enterLesson(lesson) {
    const { session, word } = this;
    const note = one("[data-known]", byId(lesson.id));
    if (note) note.hidden = !session.isSpared(lesson);
    if (!session.state.spared.length) return;
    const { lessons } = session.course;
    const next = lessons.slice(lessons.indexOf(lesson) + 1).find((each) => !session.isSpared(each));
    const { minutes } = next || session.final;
    const link = one("[data-onward]", byId(lesson.id));
    link.setAttribute("href", next ? `#${next.id}` : "#assessment.");
    one("strong", link).textContent = next ? next.title : word("next questions");
    one("small", link).textContent = minutes ? word("next about", { minutes: word.counted("about minutes", minutes) }) : word("next");
  }
}

// The objectives that the pre-test asked about: passed where it spares lessons, whose own status says whether they were read.
function preTestOutcomes({ course, final, state }) {
  if (!state.tested || !final?.preTest) return [];
  return Object.keys(final.preTest.draw).map((objective) => ({
    id: PRE_TEST_ID + objective, title: `${course.words["pre-test"]}: ${course.objectives[objective]}`,
    completion: "completed", success: state.spared.includes(objective) ? "passed" : "failed", progress: "1",
  }));
}

const preTest = {
  before: "pre-test.", place: PRE_TEST_ID, title: "pre-test", worth: "not scored", back: "back to pre-test",
  terms: (final) => ({ ...final, ...final.preTest, isPreTest: true }),
};

Object.assign(extras, { PreTest, preTest, preTestOutcomes });

// One session: the learner's state, and the values that the LMS gets. Knows no screen.

import { extras } from "./extras.js";
import { openLms } from "./lms.js";
import { CoursePart } from "./part.js";
import { reportObjectives, reportStatus, score } from "./report.js";
import { standard } from "./standard.js";
import { readState, writeState } from "./state.js";

const PAUSES = [5, 10, 20, 40, 60]; // seconds until the next save, where one has failed
export class Session extends CoursePart {
  constructor(course, whenSaved) {
    super();
    this.course = course;
    this.final = course.assessment;
    this.sco = course.sco || null; // of a course in several SCOs
    this.isPreTest = Boolean(this.sco) && this.sco.kind === "pre-test";
    this.isOptionalSco = Boolean(this.sco) && this.sco.kind === "optional part";
    this.lms = openLms(course.id);
    this.state = readState(this.lms.suspended, course);
    this.looking = this.lms.mode === "review" || this.lms.mode === "browse";
    this.before = standard.standing((element) => this.lms.get(element));
    this.whenSaved = whenSaved;
    this.failures = 0;
    this.ended = false;
    this.resumeFinal();
    this.optional = (course.optional || []).map((part) => new extras.OptionalPart(part, this));
    this.parts = [this, ...this.optional];
  }

  get isOptional() { return false; }

  get prefix() { return ""; }

  get mark() { return ""; }

  get place() { return this.state.place; }

  setPlace(place) {
    this.state.place = place;
  }

  // That of an optional part is told with its objective: a measure would roll up, whatever its weight (RB.1.1).
  tellScore() {
    if (!this.isOptionalSco) this.lms.putAll(standard.score(score(this)));
  }

  // The screen of a SCO that is opened for the first time: only the first begins with the course's own page.
  opening() {
    const { course, sco } = this;
    if (!sco) return "";
    if (this.isPreTest) return "pre-test.";
    if (sco.kind === "final questions") return "assessment.";
    return this.numberOf(course.lessons[0]) > 1 ? course.lessons[0].id : "";
  }

  // The part that has the lesson or the screen of that id.
  partAt(id) {
    const has = ({ prefix, course }) => (prefix && id.startsWith(prefix)) || course.lessons.some((lesson) => lesson.id === id);
    return this.parts.find(has) || this;
  }

  // Keeping it

  // Sets the changed values; commits only what a learner would miss.
  remember(commit) {
    if (this.looking || this.ended) return;
    const { lms, state } = this;
    const text = writeState(state, this.course);
    if (lms.local) lms.keep(text);
    else {
      lms.put(standard.location, state.place);
      lms.put(standard.suspend, text);
      lms.put(standard.exit, "suspend"); // in case the session ends without a word
      reportStatus(this);
      reportObjectives(this);
      if (!commit) lms.tick(); // a page that is left may get no time to close the session
    }
    if (commit) this.save();
  }

  save() {
    if (this.looking || this.ended) return;
    clearTimeout(this.retry);
    const good = this.lms.save();
    if (!good && !this.lms.local) {
      this.retry = setTimeout(() => this.save(), PAUSES[Math.min(this.failures, PAUSES.length - 1)] * 1000);
    }
    this.failures = good ? 0 : this.failures + 1;
    this.whenSaved(good);
  }

  // `finished` is undefined where the page goes without a word.
  close(finished) {
    if (this.ended) return true;
    if (!this.looking) this.remember(false);
    this.ended = true;
    if (this.looking) return this.lms.close("", finished ? "exitAll" : "");
    clearTimeout(this.retry);
    if (this.sco) return this.closePart(finished);
    // A fail stays suspended, and so does a part under way: an ended attempt would forget tries and answers.
    const goesOn = this.optional.some((part) => part.isBegun() && !part.complete());
    const over = finished && this.complete() && (!this.final || this.passed()) && !goesOn;
    return this.lms.close(over ? standard.left : "suspend", finished === undefined ? "" : over ? "exitAll" : "suspendAll");
  }

  // One SCO of several: what was done in it stays, whoever opens it again. A fail waits for another try.
  closePart(finished) {
    const goesOn = finished && (this.sco.kind !== "final questions" || this.passed());
    const ends = goesOn && this.sco.onward === "exitAll";
    return this.lms.close(ends ? standard.left : "suspend", finished === undefined ? "" : goesOn ? this.sco.onward : "suspendAll");
  }
}

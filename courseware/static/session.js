// One session: the learner's state, and the values that the LMS gets. Knows no screen.

import { extras } from "./extras.js";
import { openLms } from "./lms.js";
import { CoursePart } from "./part.js";
import { reportObjectives, reportStatus, score } from "./report.js";
import { standard } from "./standard.js";
import { readState, writeState } from "./state.js";

const PAUSES = [5, 10, 20, 40, 60]; // seconds until the next save, where one has failed
const QUESTIONS = "final_questions"; // their objective: an underscore, which no lesson's id has

export class Session extends CoursePart {
  constructor(course, whenSaved) {
    super();
    this.course = course;
    this.final = course.assessment;
    this.lms = openLms(course.id);
    this.state = readState(this.lms.suspended, course);
    this.looking = this.lms.mode === "review" || this.lms.mode === "browse";
    this.before = standard.standing((element) => this.lms.get(element));
    this.whenSaved = whenSaved;
    this.failures = 0;
    this.ended = false;
    this.resumeFinal();
    this.parts = [this];
  }

  get place() { return this.state.place; }

  setPlace(place) {
    this.state.place = place;
  }

  tellScore() {
    this.lms.putAll(standard.score(score(this)));
  }

  // The screen at which it is opened for the first time.
  opening() {
    return "start.";
  }

  // The part that has the lesson or the screen of that id.
  partAt() {
    return this;
  }

  // True or false once there are final questions.
  verdict() {
    return this.final ? this.passed() : null;
  }

  resultOutcomes() {
    const { course, final } = this;
    return final ? [{ id: QUESTIONS, title: course.words["final questions"], ...this.finalOutcome() }] : [];
  }

  outcomes() {
    return [...super.outcomes(), ...(extras.preTestOutcomes?.(this) ?? [])];
  }

  // Keeping it

  suspendData() {
    return writeState(this.state, this.course);
  }

  // Sets the changed values; commits only what a learner would miss.
  remember(commit) {
    if (this.looking || this.ended) return;
    const { lms, state } = this;
    const text = this.suspendData();
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
    clearTimeout(this.retry);
    if (this.looking) return this.lms.close("", finished ? "exitAll" : "");
    const request = finished ? this.requestAtEnd() : "suspendAll";
    return this.lms.close(request === "exitAll" ? standard.left : "suspend", finished === undefined ? "" : request);
  }

  // Of a learner who has finished. A fail stays suspended: an ended attempt would forget tries and answers.
  requestAtEnd() {
    return this.complete() && this.verdict() !== false ? "exitAll" : "suspendAll";
  }

  // The words after leaving, where the course is done.
  farewell() {
    return this.complete() ? this.lms.local ? "stopped done here" : "stopped done" : "";
  }
}

// A companion course in the same package: its state and result stand beside those of the main course.

import { headed, make, prose } from "./elements.js";
import { extras } from "./extras.js";
import { readParts, writeParts } from "./optional_state.js";
import { CoursePart } from "./part.js";
import { lessonsDone } from "./progress.js";
import { Session } from "./session.js";

const OPTIONAL = "optional_"; // begins its objective in an LMS

class OptionalPart extends CoursePart {
  constructor(course, state, session) {
    super();
    const { words, language } = session.course;
    Object.assign(this, { course: { ...course, words, language }, session, final: course.assessment, state });
    this.before = heldResult(session.lms, this.objective);
    this.resumeFinal();
  }

  get prefix() { return `${this.course.id}.`; }

  get mark() { return `${this.course.id}_`; }

  get objective() { return OPTIONAL + this.course.id; }

  get lms() { return this.session.lms; }

  get looking() { return this.session.looking; }

  get failing() { return this.session.failing; }

  get place() { return this.session.state.place; }

  has(id) {
    return id.startsWith(this.prefix) || this.course.lessons.some((lesson) => lesson.id === id);
  }

  isBegun() {
    return this.course.lessons.some((lesson) => this.shareRead(lesson) > 0) || this.state.stage > 0 || this.state.tries > 0;
  }

  isUnderWay() {
    return this.isBegun() && !this.complete();
  }

  setPlace(place) {
    this.session.setPlace(this.mark + place);
  }

  // Without final questions it is completed once its lessons are read.
  resultOutcomes() {
    const { course, final, objective } = this;
    const read = this.complete() ? { completion: "completed", progress: "1" } : { completion: this.isBegun() ? "incomplete" : "" };
    return [{ id: objective, title: course.title, ...(final ? this.finalOutcome() : read) }];
  }

  tellScore() {} // it is told with the part's objective

  remember(commit) {
    this.session.remember(commit);
  }

  leave(finished) {
    this.session.leave(finished);
  }

  // Its words

  endWords() {
    const [title, lede] = super.endWords();
    return this.allDone() ? ["optional end", "optional end lede"] : [title, "optional end still"];
  }

  // Of the spine, while the part is read.
  label(word) {
    return `${word("optional part", { title: this.course.title })}: ${lessonsDone(this, word)}`;
  }

  others(word) {
    return [prose(word("optional result", { course: this.session.course.title }))];
  }

  // Its row in the result of the main course.
  row(word) {
    const { lessons, minutes, title } = this.course;
    return make("li", {},
      make("span", {}, make("a", { href: `#${lessons[0].id}` }, title), make("small", {}, word("optional not needed"))),
      minutes ? make("small", {}, word("short minutes", { n: minutes })) : "");
  }
}

// The result of an objective, as the LMS had it when the session began: in the words of SCORM 2004, or of 1.2.
function heldResult({ objectives, known }, id) {
  const value = (key) => known.get(`cmi.objectives.${objectives.get(id)}.${key}`);
  if (!objectives?.has(id)) return { passed: false, percent: 0 };
  const status = value("success_status") ?? value("status");
  return { passed: status === "passed", percent: Number(value("score.scaled")) * 100 || Number(value("score.raw")) || 0 };
}

// The main course, with its optional parts beside it.
class MainSession extends Session {
  constructor(course, whenSaved) {
    super(course, whenSaved);
    this.states = readParts(this.lms.suspended, course.optional);
    this.optional = course.optional.map((part) => new OptionalPart(part, this.states.get(part.id), this));
    this.parts.push(...this.optional);
  }

  partAt(id) {
    return this.optional.find((part) => part.has(id)) || this;
  }

  outcomes() {
    return [...super.outcomes(), ...this.optional.flatMap((part) => part.outcomes())];
  }

  suspendData() {
    return writeParts(this.state, this.course, this.states);
  }

  // An ended attempt would forget the answers of a part under way.
  requestAtEnd() {
    return this.optional.some((part) => part.isUnderWay()) ? "suspendAll" : super.requestAtEnd();
  }

  others(word, passed) {
    const rows = passed ? this.optional.filter((part) => !part.complete()).map((part) => part.row(word)) : [];
    return rows.length ? headed(word("optional"), rows) : [];
  }
}

extras.sessionOf = () => MainSession;

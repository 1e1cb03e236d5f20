// A companion course in the same package: its state and result stand beside those of the main course.

import { extras } from "./extras.js";
import { CoursePart } from "./part.js";
import { finalOutcome, lessonOutcome } from "./report.js";

const OPTIONAL = "optional_"; // begins its objective in an LMS

class OptionalPart extends CoursePart {
  constructor(course, session) {
    super();
    const { words, language } = session.course;
    const state = session.state.optional.get(course.id);
    Object.assign(this, { course: { ...course, words, language }, session, final: course.assessment, state });
    this.before = session.lms.held(this.objective);
    this.resumeFinal();
  }

  get isOptional() { return true; }

  // It begins the ids of the part's screens, and its places.
  get prefix() { return `${this.course.id}.`; }

  get mark() { return `${this.course.id}_`; }

  get objective() { return OPTIONAL + this.course.id; }

  get lms() { return this.session.lms; }

  get looking() { return this.session.looking; }

  get failing() { return this.session.failing; }

  get place() { return this.session.state.place; }

  isBegun() {
    return this.course.lessons.some((lesson) => this.shareRead(lesson) > 0) || this.state.stage > 0 || this.state.tries > 0;
  }

  setPlace(place) {
    this.session.setPlace(this.mark + place);
  }

  // Its lessons and its result. Without final questions it is completed once its lessons are read.
  outcomes() {
    const { course, final, objective } = this;
    const read = this.complete() ? { completion: "completed", progress: "1" } : { completion: this.isBegun() ? "incomplete" : "" };
    const result = { id: objective, title: course.title, ...(final ? finalOutcome(this) : read) };
    return [...course.lessons.map((lesson) => lessonOutcome(this, lesson)), result];
  }

  tellScore() {} // it is told with the part's objective

  remember(commit) {
    this.session.remember(commit);
  }

  leave(finished) {
    this.session.leave(finished);
  }
}

extras.OptionalPart = OptionalPart;

// One SCO of a course in several: a lesson, the pre-test, the final questions or an optional part. What was done in it
// stays, whoever opens it again.

import { extras } from "./extras.js";
import { Session } from "./session.js";

class Sco extends Session {
  get sco() { return this.course.sco; }

  everyLesson() {
    return this.course.everyLesson;
  }

  // Only the first lesson begins with the course's own page.
  opening() {
    const [lesson] = this.course.lessons;
    return this.numberOf(lesson) > 1 ? lesson.id : super.opening();
  }

  // Other SCOs may wait for a lesson.
  lessonOutcome(lesson) {
    return { ...super.lessonOutcome(lesson), success: this.isRead(lesson) ? "passed" : "" };
  }

  endWords() {
    return ["part end", this.allDone() ? "part end lede" : "part end still"];
  }

  requestAtEnd() {
    return this.sco.onward;
  }

  farewell() {
    return this.sco.onward === "continue" ? "part done" : super.farewell();
  }
}

class FinalQuestionsSco extends Sco {
  opening() {
    return "assessment.";
  }

  // A fail waits for another try.
  requestAtEnd() {
    return this.passed() ? super.requestAtEnd() : "suspendAll";
  }
}

// Complete once it was handed in, and neither passed nor failed.
class PreTestSco extends Sco {
  get isPreTest() { return true; }

  opening() {
    return "pre-test.";
  }

  // No page of the final questions is a place of it.
  setPlace(place) {
    super.setPlace(place === "." ? "" : place);
  }

  complete() {
    return this.state.tested;
  }

  settled() {
    return this.complete();
  }

  progress() {
    return this.complete() ? 1 : 0;
  }

  verdict() {
    return null;
  }

  resultOutcomes() {
    return [];
  }
}

class OptionalSco extends Sco {
  // It is told with its objective: a measure would roll up, whatever its weight (RB.1.1).
  tellScore() {}

  resultOutcomes() {
    const { course, final, sco } = this;
    const read = { completion: this.complete() ? "completed" : "incomplete" };
    return [{ id: sco.id, title: course.title, ...(final ? this.finalOutcome() : read) }];
  }
}

const OF_KIND = { "pre-test": PreTestSco, "final questions": FinalQuestionsSco, "optional part": OptionalSco };

extras.sessionOf = ({ sco }) => OF_KIND[sco.kind] || Sco;

// A part of the course: lessons, final questions and their result. The main one is the session itself; an optional one is
// passed by itself, and nothing of the main one depends on it. Knows no screen.

import { extras } from "./extras.js";
import { drawn, newSeed, seenAfter } from "./draw.js";
import { credit, isAnswered, kindOf } from "./kinds.js";
import { bestShare, decimal, score } from "./report.js";
import { standard } from "./standard.js";
import { FINAL_QUESTIONS, isAsking, OVER, PRE_TEST, UNDER_WAY } from "./stages.js";
import { clearFinal, keyed, noAnswer } from "./state.js";

export class CoursePart {
  // It begins the ids of the part's screens; those of the main one have none.
  get prefix() { return ""; }

  // It begins the places of its final questions.
  get mark() { return ""; }

  // The lessons

  pagesShown(lesson) {
    return (this.state.read[lesson.id] || []).length;
  }

  // The checks that a lesson needs, and that nobody has answered yet.
  leftOpen(lesson) {
    return lesson.checks.filter((id) => {
      const answer = this.state.answers[id];
      return !answer?.tries && !answer?.shown;
    });
  }

  isRead(lesson) {
    return this.state.done.includes(lesson.id) || (this.pagesShown(lesson) >= lesson.pages && !this.leftOpen(lesson).length);
  }

  // The pre-test has shown that its learner knows the lesson, which has not been read.
  isSpared(lesson) {
    return this.state.spared.includes(lesson.objective) && !this.isRead(lesson);
  }

  lessonDone(lesson) {
    return this.isRead(lesson) || this.isSpared(lesson);
  }

  lessonsSpared() {
    return this.course.lessons.filter((lesson) => this.isSpared(lesson)).length;
  }

  lessonsDone() {
    return this.course.lessons.filter((lesson) => this.lessonDone(lesson)).length;
  }

  allDone() {
    return this.course.lessons.every((lesson) => this.lessonDone(lesson));
  }

  // The share of a lesson that is done, from 0 to 1.
  shareOf(lesson) {
    return this.isSpared(lesson) ? 1 : this.shareRead(lesson);
  }

  shareRead(lesson) {
    if (this.isRead(lesson)) return 1;
    const done = this.pagesShown(lesson) + lesson.checks.length - this.leftOpen(lesson).length;
    return done / (lesson.pages + lesson.checks.length);
  }

  // Of the whole course: an SCO may have some of them only.
  everyLesson() {
    return this.course.lessons;
  }

  numberOf(lesson) {
    return this.everyLesson().findIndex(({ id }) => id === lesson.id) + 1;
  }

  // The final questions

  // A draw that was under way goes on with what is left of it; one that was handed in is kept whole or not at all.
  resumeFinal() {
    const { state, final } = this;
    if (!final) return;
    if (isAsking(state.stage)) this.draw(state.asked);
    else if (state.stage === OVER && state.asked.length < final.number) clearFinal(state);
  }

  get asks() {
    return this.state.stage === PRE_TEST ? extras.preTest : FINAL_QUESTIONS;
  }

  draw(kept = []) {
    const { state, final } = this;
    if (!state.seed || !kept.length) state.seed = newSeed();
    state.asked = drawn(this.asks.terms(final), state.seed, state.seen, kept);
    for (const question of state.asked) state.answers[keyed(question, true)] ??= noAnswer();
  }

  // Other questions from here on, or the same ones where all are asked. A pre-test that was left open ends.
  beginTry(stage = UNDER_WAY) {
    if (this.state.stage === stage) return;
    clearFinal(this.state);
    this.state.stage = stage;
    this.draw();
    this.remember(true);
  }

  answerTo(question) {
    return this.state.answers[keyed(question, true)];
  }

  givenTo(question) {
    return this.answerTo(question).given;
  }

  isAnswered(question) {
    return isAnswered(question, this.givenTo(question));
  }

  answered() {
    return this.state.asked.filter((question) => this.isAnswered(question));
  }

  // The share of the final questions that is answered.
  shareAnswered() {
    return this.state.stage === UNDER_WAY ? this.answered().length / this.final.number : 0;
  }

  passed() {
    return Boolean(this.final) && (this.state.best >= this.final.pass || this.before.passed);
  }

  // A try that was begun may be handed in, even if the author has lowered the limit meanwhile.
  triesLeft() {
    const { state, final } = this;
    if (!final || !final.tries) return Infinity;
    return Math.max(state.stage === UNDER_WAY ? 1 : 0, final.tries - state.tries);
  }

  opensQuestions() {
    return !this.final || this.allDone() || this.looking || [UNDER_WAY, OVER].includes(this.state.stage) || this.passed();
  }

  // The result of a try in hundredths of a question; one that nobody may miss keeps it under the mark.
  resultOf(questions) {
    const credits = questions.map((question) => credit(question, this.givenTo(question)));
    const points = Math.floor(credits.reduce((sum, one) => sum + one, 0) * 100 + 1e-6);
    const missed = questions.filter((question, at) => question.must && credits[at] < 1);
    return { points: missed.length ? Math.min(points, this.final.cap) : points, answered: points, missed };
  }

  submit(seconds) {
    const { state } = this;
    state.stage = OVER;
    state.tries += 1;
    state.best = Math.max(state.best, this.resultOf(state.asked).points);
    state.seen = this.final.draw ? seenAfter(state.seen, state.asked) : [];
    this.lms.submitted = new Date();
    for (const question of state.asked) {
      const answer = this.answerTo(question);
      answer.tries += 1;
      answer.checked = true;
      this.record(question, answer.given, seconds.get(question) || 0, 1);
    }
    if (!this.looking && !this.lms.local && this.isBest()) this.tellScore();
    this.remember(true);
  }

  // The course

  // True where the learner's answers and progress are stored.
  isKept() {
    return this.lms.kept && !this.looking && !this.failing;
  }

  complete() {
    return this.final ? this.state.stage === OVER || this.passed() : this.allDone();
  }

  // For the LMS: a result that was handed in stays while the learner tries again.
  settled() {
    return this.complete() || Boolean(this.final && this.state.tries);
  }

  // The weight of a screen in minutes; without any minutes all screens weigh the same.
  weight(minutes) {
    return minutes || (this.course.lessons.some((lesson) => lesson.minutes) ? 0 : 1);
  }

  progress() {
    if (this.settled()) return 1;
    const parts = this.course.lessons.map((lesson) => [this.weight(lesson.minutes) || 0.1, this.shareOf(lesson)]);
    if (this.final) parts.push([this.weight(this.final.minutes) || 1, 0]);
    const whole = parts.reduce((sum, [size]) => sum + size, 0);
    const done = parts.reduce((sum, [size, share]) => sum + size * share, 0);
    return Math.min(0.9999, Math.floor((done / whole) * 10000) / 10000);
  }

  // The title and the sentence of the part's last page.
  endWords() {
    return this.allDone() ? ["course end", "course end lede"] : ["course end not yet", "course end still"];
  }

  // Other parts of which the result tells.
  others() {
    return [];
  }

  minutesLeft() {
    const left = this.course.lessons.reduce((sum, lesson) => sum + lesson.minutes * (1 - this.shareOf(lesson)), 0);
    return Math.ceil(left - 1e-9 + (this.final && !this.complete() ? this.final.minutes : 0));
  }

  // Never lower than the stored score, which may come from more questions: a retake cannot take a pass away.
  isBest() {
    return bestShare(this, 100, 1e5) >= this.before.percent - 1e-6;
  }

  // What an LMS is told

  // The objectives of the part, in the order in which an LMS lists them.
  outcomes() {
    return [...this.course.lessons.map((lesson) => this.lessonOutcome(lesson)), ...this.resultOutcomes()];
  }

  lessonOutcome(lesson) {
    const share = this.shareRead(lesson);
    const begun = share > 0 || this.place.startsWith(`${lesson.id}.`);
    return {
      id: lesson.id, title: lesson.title,
      completion: this.isRead(lesson) ? "completed" : begun ? "incomplete" : "",
      progress: share ? decimal(Math.floor(share * 1e4) / 1e4) : "",
    };
  }

  // The result of the final questions; a stored pass is never taken back.
  finalOutcome() {
    if (!this.settled()) return { completion: this.state.stage === UNDER_WAY ? "incomplete" : "" };
    const { percent, scaled } = this.state.tries && this.isBest() ? score(this) : {};
    return { completion: "completed", success: this.passed() ? "passed" : "failed", progress: "1", percent, scaled };
  }

  record(question, given, seconds, weighting) {
    if (this.lms.local || this.looking) return;
    const kind = kindOf(question);
    const share = kind.unscored ? null : credit(question, given);
    this.lms.record({
      id: question.id, objective: question.objective, text: question.text, language: this.course.language,
      parts: kind.interactions(question, given, standard),
      result: share === null ? "neutral" : share === 1 ? "correct" : share ? decimal(share) : "incorrect",
      weighting, begun: new Date(Date.now() - seconds * 1000), latency: seconds,
    });
  }
}

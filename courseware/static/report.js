// What an LMS is told of a session: the status of the course, its score, and how far each lesson has come.

import { standard } from "./standard.js";
import { PRE_TEST_ID, UNDER_WAY } from "./stages.js";

// The objective of the final questions: an underscore, which no lesson's id has.
const QUESTIONS = "final_questions";

export const decimal = (value) => value.toFixed(7).replace(/\.?0+$/, "");

// Rounded down, and multiplied before it is divided: 57 of 100 are not 0.5699999.
export function bestShare({ state, final }, whole, digits) {
  return Math.floor((state.best * whole * digits) / (final.number * 100)) / digits;
}

export function score(session) {
  return {
    best: decimal(session.state.best / 100), total: session.final.number,
    percent: decimal(bestShare(session, 100, 100)), scaled: decimal(bestShare(session, 1, 1e7)),
  };
}

export function reportStatus(session) {
  const { lms, before, final } = session;
  const progress = decimal(Math.max(session.progress(), before.progress));
  lms.putAll(standard.status({ settled: session.settled(), passed: final && !session.isPreTest ? session.passed() : null, progress }, before));
}

// Each lesson is an objective in the LMS, so that it can show progress; then come the final questions and the pre-test,
// and behind them the lessons of each optional part with its result.
export function reportObjectives(session) {
  const { lms, course, final, state, optional } = session;
  const told = course.lessons.map((lesson) => lessonOutcome(session, lesson));
  if (session.isOptionalSco) told.push({ id: session.sco.id, title: course.title, ...(final ? finalOutcome(session) : { completion: session.complete() ? "completed" : "incomplete" }) });
  else if (final && !session.isPreTest) told.push({ id: QUESTIONS, title: course.words["final questions"], ...finalOutcome(session) });
  if (state.tested && final && final.preTest) told.push(...preTestOutcomes(session));
  for (const part of optional) told.push(...part.outcomes());
  told.every((one) => lms.objective({ language: course.language, ...one }));
}

export function lessonOutcome(session, lesson) {
  const share = session.shareRead(lesson);
  const begun = share > 0 || session.place.startsWith(`${lesson.id}.`);
  return {
    id: lesson.id, title: lesson.title,
    completion: session.isRead(lesson) ? "completed" : begun ? "incomplete" : "",
    success: session.sco && session.isRead(lesson) ? "passed" : "", // other SCOs may wait for it
    progress: share ? decimal(Math.floor(share * 1e4) / 1e4) : "",
  };
}

// The result of the final questions; a stored pass is never taken back.
export function finalOutcome(session) {
  if (!session.settled()) return { completion: session.state.stage === UNDER_WAY ? "incomplete" : "" };
  const { percent, scaled } = session.state.tries && session.isBest() ? score(session) : { percent: "", scaled: "" };
  return { completion: "completed", success: session.passed() ? "passed" : "failed", progress: "1", percent, scaled };
}

// What the pre-test asked about: passed where it spares lessons, whose own status says whether they were read.
function preTestOutcomes({ course, final, state }) {
  return Object.keys(final.preTest.draw).map((objective) => ({
    id: PRE_TEST_ID + objective, title: `${course.words["pre-test"]}: ${course.objectives[objective]}`,
    completion: "completed", success: state.spared.includes(objective) ? "passed" : "failed", progress: "1",
  }));
}

// The report of a session to an LMS: the status of the course, its score, and its objectives.

import { standard } from "./standard.js";

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
  const { lms, before } = session;
  const progress = decimal(Math.max(session.progress(), before.progress));
  lms.putAll(standard.status({ settled: session.settled(), passed: session.verdict(), progress }, before));
}

// Each lesson is an objective in the LMS, so that it can show progress; then come the final questions and the pre-test,
// and behind them the lessons of each optional part with its result.
export function reportObjectives(session) {
  const { lms, course } = session;
  session.outcomes().every((told) => lms.objective({ language: course.language, ...told }));
}

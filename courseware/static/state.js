// The learner's state, and its form as one line of text: decision 2, "suspend data". Format 3 is of courses with
// an optional part (optional_state.js): its first fields are those of format 2.

import { kindOf } from "./kinds.js";
import { OVER, PRE_TEST } from "./stages.js";
import { hash24, maskOf, number36, positionsIn, text36 } from "./packing.js";

const FORMAT = "2";
const ANSWER = /^(\*?)([a-z0-9-]+)\.([\w-]{4})\.([\w-]*)\.([0-9a-z]+)$/i;
const CHECKED = 1;
const SHOWN = 2;

// Without a prototype, as a lesson or a question may be called "constructor".
const freshPart = () => ({
  read: Object.create(null), tries: 0, stage: 0, best: 0, seed: "", seen: [], tested: false, spared: [], done: [], asked: [], answers: Object.create(null),
});

// The key of an answer in the assessment has a star: the question may stand in a lesson too.
export const keyed = (question, scored) => (scored ? `*${question.id}` : question.id);

export const noAnswer = () => ({ given: [], tries: 0, checked: false, shown: false });

// A hash of the terms of a result: the pass mark, and the questions in any order, or how many of a bank are drawn.
function judge(asked) {
  if (asked.draw) return text36(hash24([asked.pass, asked.number, ...Object.entries(asked.draw).flat()].join()));
  const prints = asked.questions.map((question) => `${question.id}.${question.fingerprint}`).sort();
  return text36(hash24([asked.needed, ...prints].join()));
}

function questionsByKey(course) {
  const found = new Map(course.checks.map((question) => [question.id, question]));
  for (const question of course.assessment ? course.assessment.questions : []) found.set(keyed(question, true), question);
  return found;
}

// Any text starts the course: what cannot be read is left out.
export function readState(text, course) {
  const [format, place = "", ...fields] = (text || "").split("~");
  if (!/^[123]$/.test(format)) return { place: "", ...readPart([], course) };
  if (format === "1") fields.splice(2, 0, "", "");
  return { place, ...readPart(fields, course, format) };
}

export function readPart([lessons = "", assessment = "", drawn = "", tested = "", answers = ""], course, format = FORMAT) {
  const state = freshPart();
  readLessons(state, lessons, course, format);
  const [tries = "", stage = "", best = "", judged = ""] = assessment.split(".");
  [state.tries, state.stage, state.best] = [number36(tries), Math.min(PRE_TEST, number36(stage)), number36(best)];
  if (format === "1") state.best *= 100;
  const [seed = "", seen = ""] = drawn.split(".");
  state.seed = seed;
  state.seen = seen.match(/../g) || [];
  readSpared(state, tested, course);
  readAnswers(state, answers, questionsByKey(course));
  if (state.stage === PRE_TEST && !(course.assessment && course.assessment.preTest)) clearFinal(state);
  if (course.assessment && state.tries && judged && judged !== judge(course.assessment)) forgetResult(state, course.assessment);
  return state;
}

// A point says that the pre-test was handed in; then come the objectives that were passed in it. Where the course has none
// of them any more, as with another edition of a refresher, its pre-test is one that nobody has taken yet.
function readSpared(state, text, course) {
  if (!text.startsWith(".")) return;
  const passed = text.slice(1).split("!").filter(Boolean);
  state.spared = passed.filter((id) => id in course.objectives);
  state.tested = state.spared.length > 0 || !passed.length;
}

// Where only reading counted (format 1), what was read to the end is done, whatever its checks.
function readLessons(state, text, course, format) {
  const pages = new Map(course.lessons.map((lesson) => [lesson.id, lesson.pages]));
  for (const entry of text.split("!")) {
    const [id, seen = "", done = ""] = entry.split(".");
    if (!pages.has(id)) continue;
    state.read[id] = positionsIn(number36(seen)).filter((page) => page < pages.get(id));
    if (done || (format === "1" && state.read[id].length === pages.get(id))) state.done.push(id);
  }
}

// The result belongs to other questions or another mark; the LMS keeps its own. One try is left for the new questions,
// or a learner who had used up all could never pass.
function forgetResult(state, asked) {
  state.best = 0;
  if (asked.tries) state.tries = Math.min(state.tries, asked.tries - 1);
  if (state.stage === OVER) clearFinal(state);
}

// No final question is asked or answered.
export function clearFinal(state) {
  state.stage = 0;
  state.asked = [];
  for (const key of Object.keys(state.answers)) if (key.startsWith("*")) delete state.answers[key];
}

function readAnswers(state, text, known) {
  for (const entry of text.split("!")) {
    const [, star, id, fingerprint, given, tally] = ANSWER.exec(entry) || [];
    const question = known.get(`${star}${id}`);
    if (!question || question.fingerprint !== fingerprint) continue;
    const counted = number36(tally);
    if (star) state.asked.push(question);
    state.answers[`${star}${id}`] = {
      given: kindOf(question).unpack(question, given),
      tries: Math.floor(counted / 4),
      checked: Boolean(counted & CHECKED),
      shown: Boolean(counted & SHOWN),
    };
  }
}

export const writeState = (state, course) => [FORMAT, state.place, ...writtenPart(state, course)].join("~");

export function writtenPart(state, course) {
  const lessons = course.lessons
    .filter(({ id }) => (state.read[id] || []).length || state.done.includes(id))
    .map(({ id }) => `${id}.${text36(maskOf(state.read[id] || []))}${state.done.includes(id) ? ".d" : ""}`);
  const result = course.assessment ? [state.tries, state.stage, state.best].map((value) => value.toString(36)) : [];
  if (state.tries && result.length) result.push(judge(course.assessment));
  const drawn = state.seed || state.seen.length ? `${state.seed}.${state.seen.join("")}` : "";
  const answers = [...course.checks.map((question) => [question, question.id]), ...state.asked.map((question) => [question, keyed(question, true)])]
    .filter(([, key]) => state.answers[key])
    .map(([question, key]) => writtenAnswer(question, key, state.answers[key]));
  const tested = state.tested ? `.${state.spared.join("!")}` : "";
  return [lessons.join("!"), result.join("."), drawn, tested, answers.join("!")];
}

function writtenAnswer(question, key, { given, tries, checked, shown }) {
  const tally = tries * 4 + (checked ? CHECKED : 0) + (shown ? SHOWN : 0);
  return `${key}.${question.fingerprint}.${kindOf(question).pack(question, given)}.${tally.toString(36)}`;
}

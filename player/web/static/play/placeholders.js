// The notices in the frame's place: nothing delivered, the end, another tab, a link that has ended.
import { clock, words } from "./words.js";

/** Whether anything can be opened from here. */
export const leadsOn = ({ contents = [], controls = {}, valid = {} }) =>
  contents.some(({ selectable }) => selectable) ||
  ["continue", "previous"].some((name) => controls[name] === "enabled" && valid[name] === "true");

export function nothingDelivered(answer) {
  if (leadsOn(answer)) return { mark: "none", title: words.choose, lines: [words.chooseHow] };
  return { mark: "none", title: words.shut, lines: [words.shutHow], actions: [back(answer)] };
}

export const noAnswer = () => ({ mark: "half", title: words.noAnswer, lines: [words.noAnswerHow], focus: false });

/** The question before the learner ends the attempt: what is kept and what is lost. */
export function ending(answer) {
  const result = answer?.result ?? {};
  const scored = score(result);
  const kept = isPassed(result) ? words.keptPassed(outcome(result)) : scored ? words.keptScored(scored) : words.keptAnswers;
  return { title: words.endAsk, lines: [kept, keepsPlace(result) ? words.placeKept : words.placeLost, isDone(result) ? words.orLook : words.orLeave], yes: words.endYes, no: words.goBack };
}

/** `kept`: the session has ended, and the next one goes on with the attempt. */
export function ended({ state, kept }, answer, reload) {
  const result = answer?.result ?? {};
  return state === "suspended" || kept ? left(result, kept, answer, reload) : over(result, answer, reload);
}

function left(result, kept, answer, reload) {
  const done = isDone(result);
  return {
    mark: done ? "done" : result.success_status === "failed" ? "back" : "half",
    title: words.end,
    lines: [outcome(result), done ? words.recorded : kept ? words.kept : words.resume],
    actions: [back(answer), { text: done ? words.look : words.goBack, act: reload }],
  };
}

function over(result, answer, reload) {
  const done = isDone(result);
  const status = outcome(result);
  const next = done ? words.recorded : keepsPlace(result) ? words.endedKeeps : words.ended;
  return {
    mark: done ? "done" : result.success_status === "failed" ? "back" : "none",
    title: done ? status : words.endedTitle,
    lines: [done ? "" : status, next],
    actions: [back(answer), { text: words.again, act: reload }],
  };
}

const isPassed = ({ success_status: success }) => success === "passed";
const isDone = (result) => isPassed(result) || (result.success_status !== "failed" && result.completion_status === "completed");

/** Where a course limits its attempts, ending one gives none back: the next goes on where this one was (launch_data.py). */
const keepsPlace = (result) => document.body.dataset.keeps === "place" && !isDone(result);

export function superseded(answer, reload) {
  const time = answer?.saved ? clock(answer.saved) : "";
  return {
    mark: "half",
    title: words.elsewhere,
    lines: [words.elsewhereHow(time)],
    actions: [{ text: words.carryOn, act: reload, main: true }, back(answer, words.leaveIt)].map(onlyOneMain),
  };
}

export const keptHere = (answer) => ({ mark: "half", title: words.endOffline, lines: [words.endKept], actions: [back(answer)] });

export function gone(sentence, answer) {
  return { mark: "none", title: words.gone, lines: [words.goneHow(sentence)], actions: [back(answer)] };
}

/** "You passed, 13 of 15 (86%)", from the record. */
function outcome(result) {
  const { completion_status: completion, success_status: success } = result;
  const status = { passed: words.passed, failed: words.failed }[success] ?? (completion === "completed" ? words.completed : "");
  const scored = score(result);
  return status ? [status, scored].filter(Boolean).join(", ") : scored && words.soFar(scored);
}

/** "7 of 15 (46%)", as the course and every list write it (player/school/statuses.py); rounded down. */
export function score({ score: figures }) {
  const { raw, max, scaled } = figures ?? {};
  const counted = Number.isInteger(raw) && Number.isInteger(max) && max > 0 && max !== 100;
  const percent = Number.isFinite(scaled) ? words.percent(scaled) : "";
  if (counted) return percent ? `${words.marks(raw, max)} (${percent})` : words.marks(raw, max);
  return percent || (Number.isFinite(raw) ? String(raw) : "");
}

function back(answer, text = words.back) {
  const href = answer?.return || document.getElementById("back")?.href;
  return href ? { text, href, main: true } : null;
}

const onlyOneMain = (action, at) => action && { ...action, main: at === 0 };

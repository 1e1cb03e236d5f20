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

/** `kept`: the session has ended, and the next one goes on with the attempt. */
export function ended({ state, kept }, answer, reload) {
  const result = answer?.result ?? {};
  const suspended = state === "suspended";
  const goesOn = suspended || kept;
  return {
    mark: goesOn && result.completion_status !== "completed" ? "half" : result.success_status === "failed" ? "back" : "done",
    title: words.end,
    lines: [outcome(result), suspended ? words.resume : kept ? words.kept : words.ended],
    actions: [back(answer), { text: goesOn ? words.goOn : words.again, act: reload }],
  };
}

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

/** "You passed, 87%", from the record. */
function outcome({ completion_status: completion, success_status: success, score }) {
  const status = { passed: words.passed, failed: words.failed }[success] ?? (completion === "completed" ? words.completed : "");
  const scaled = score?.scaled;
  const scored = Number.isFinite(scaled) ? words.score(scaled) : "";
  return status ? [status, scored].filter(Boolean).join(", ") : scored && words.soFar(scored);
}

function back(answer, text = words.back) {
  const href = answer?.return || document.getElementById("back")?.href;
  return href ? { text, href, main: true } : null;
}

const onlyOneMain = (action, at) => action && { ...action, main: at === 0 };

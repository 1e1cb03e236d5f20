// A small LMS around one course: it keeps what the course tells it, and shows it as a record. It judges no value.

import { given, isDone, isKept, recordOf } from "./lms_side.js";
import { standard } from "./standard.js";

const OF_SESSION = [standard.exit, standard.time, standard.request];
const [INITIALISE, TERMINATE, GET, SET, COMMIT, LAST_ERROR] = standard.calls;

let values = new Map(Object.entries(given));
let shown = { status: "not attempted" }; // of attempts that have ended
let done = new Set();
let isRunning = false;

const get = (name) => {
  const [, list] = /^(.*)\._count$/.exec(name) || [];
  return list ? String(countIn(list)) : values.get(name) ?? "";
};

function countIn(list) {
  const places = [...values.keys()].filter((name) => name.startsWith(`${list}.`)).map((name) => Number(name.slice(list.length + 1).split(".")[0]));
  return Math.max(-1, ...places) + 1;
}

const answer = (isGood) => String(isGood);

window[standard.object] = {
  [INITIALISE]() {
    const isFirst = !isRunning;
    isRunning = true;
    return answer(isFirst);
  },
  [TERMINATE]() {
    const wasRunning = isRunning;
    isRunning = false;
    return answer(wasRunning);
  },
  [GET]: (name) => (isRunning ? get(name) : ""),
  [SET](name, value) {
    if (isRunning) values.set(name, String(value));
    return answer(isRunning);
  },
  [COMMIT]: () => answer(isRunning),
  [LAST_ERROR]: () => "0",
};

function lessonsDone() {
  const objectives = [...Array(countIn("cmi.objectives")).keys()].map((at) => `cmi.objectives.${at}`);
  return objectives.filter((one) => isDone(get, one)).map((one) => get(`${one}.id`));
}

function record() {
  const told = Object.entries(recordOf(get)).filter(([, value]) => value !== undefined);
  return { ...shown, ...Object.fromEntries(told), done: [...new Set([...done, ...lessonsDone()])] };
}

function launch() {
  const frame = document.createElement("iframe");
  frame.name = "course";
  frame.src = "course/index.html";
  document.body.replaceChildren(frame);
}

// The window of the course is closed, whatever it was at.
function leave() {
  document.body.replaceChildren();
  isRunning = false;
  const keeps = isKept(get);
  if (!keeps) {
    ({ done, ...shown } = record());
    done = new Set(done);
    values = new Map(Object.entries(given));
  }
  for (const name of OF_SESSION) values.delete(name);
}

window.lms = { launch, leave, record };
document.title = "ready";

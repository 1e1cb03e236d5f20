// Starts the course: session, screens, then the place at which the learner left.

import { Assessment } from "./assessment.js";
import { Check } from "./check.js";
import { all, byId, marked, one } from "./elements.js";
import { extras } from "./extras.js";
import { addressed } from "./focus.js";
import { kindOf } from "./kinds.js";
import { lessonsDone } from "./progress.js";
import { showContacts } from "./school_contacts.js";
import { Screens } from "./screens.js";
import { Session } from "./session.js";
import { standard } from "./standard.js";
import { isAsking, OVER } from "./stages.js";
import { lendTools } from "./tools.js";
import { wording } from "./words.js";

function start() {
  const course = JSON.parse(byId("course").textContent);
  const word = wording(course);
  const session = new (extras.sessionOf?.(course) ?? Session)(course, (good) => tellSaved(session, word, good));
  const screens = new Screens(session, word);
  session.leave = (finished) => leave(session, word, screens, finished);
  shortenBar();
  showContacts(word, session.lms.contacts);
  tellMode(session, word);
  for (const part of session.parts) {
    for (const question of part.course.checks) new (kindOf(question).Check || Check)(question, part, word, screens);
  }
  const assessments = new Map(session.parts.filter(({ final }) => final).map((part) => [part, new Assessment(part, word, screens)]));
  const preTest = session.final?.preTest && new extras.PreTest(assessments.get(session));
  screens.entering["start."] = () => {
    drawBegin(session, word, preTest);
    preTest?.offer();
  };
  for (const part of session.parts) screens.entering[`${part.prefix}end.`] = () => drawEnd(part, word);
  listenToButtons(session);
  listenToLeaving(session);
  unfoldForPrint();
  resume(session, screens, assessments);
  session.remember(true);
  lendTools(screens);
  document.body.dataset.ready = "";
}

function tellSaved(session, word, good) {
  const notice = one("[data-notice]");
  const had = session.failing;
  session.failing = !good && !session.lms.local;
  notice.dataset.state = session.failing ? "failing" : "good";
  if (session.failing) notice.replaceChildren(...marked("heed", word("not saved")));
  else if (had) {
    notice.replaceChildren(...marked("tick", word("saved")));
    setTimeout(() => !session.failing && notice.replaceChildren(), 4000);
  }
}

function leave(session, word, screens, finished) {
  const good = session.close(Boolean(finished));
  const farewell = finished && session.farewell();
  one("[data-stopped]").textContent = !good ? word("stopped not saved") : farewell ? word(farewell) : whereNext(session, word);
  // A session that has ended stores nothing more, so the LMS has to open the course again.
  one("[data-reload]").hidden = !session.lms.local;
  if (farewell) one("[data-reload]").textContent = word("look again");
  for (const dialog of all("dialog[open]")) dialog.close("left");
  screens.comeBack("");
  screens.show("stopped.", { quiet: true });
}

const lessonAt = ({ parts, place }) => parts.flatMap(({ course }) => course.lessons).find(({ id }) => place.startsWith(`${id}.`));

// The part whose final questions, pre-test or result the place names.
const partAsking = ({ parts, place }) => parts.find(({ final, mark, asks }) => (
  final && (place.startsWith(`${mark}.`) || place.startsWith(`${mark}${asks.place}.`))));

// The progress, and the place at which the course opens next time.
function whereNext(session, word) {
  const part = partAsking(session);
  const next = part && part.state.stage !== OVER
    ? { title: word(part.asks.title), minutes: part.asks.terms(part.final).minutes }
    : lessonAt(session);
  if (!next) return word("stopped lede");
  return word("stopped at", { progress: lessonsDone(session, word), title: next.title, minutes: word.counted("about minutes", next.minutes) });
}

// A player that shows title and contents itself asks for a shorter bar: ?bar=help, or the same in the frame's name.
function shortenBar() {
  const [, bar] = /\bbar=(help|contents)\b/.exec(`${window.location.search} ${window.name}`) || [];
  if (bar) document.body.dataset.bar = bar;
}

function tellMode({ lms, looking }, word) {
  const line = one("[data-mode]");
  const text = looking ? `${lms.mode} mode` : lms.refused ? "no platform" : !lms.kept ? "no storage" : "";
  line.hidden = !text;
  line.textContent = text && word(text);
  standard.show?.(word);
}

function drawBegin(session, word, preTest) {
  const link = one("[data-begin]");
  const [anchor, text] = preTest?.onward() ?? onward(session, word);
  link.setAttribute("href", `#${anchor}`);
  one("span", link).textContent = text;
}

// The first thing that is left to do, and the words for it.
function onward(session, word) {
  const { course, state, final } = session;
  const next = course.lessons.find((lesson) => !session.lessonDone(lesson));
  if (next) {
    const begun = Object.keys(state.read).length > 0 || state.stage > 0;
    return [next.id, begun ? word("continue with lesson", { number: session.numberOf(next) }) : word("start")];
  }
  if (!final) return [course.lessons[0].id, word("look again")];
  if (state.stage === OVER) return ["results.", word("see result")];
  return ["assessment.", word("continue with questions")];
}

function drawEnd(part, word) {
  const screen = byId(`${part.prefix}end.`);
  const [title, lede] = part.endWords();
  one("[data-end-title]", screen).textContent = word(title);
  one("[data-end-lede]", screen).textContent = word(lede);
  for (const button of all("[data-finish]", screen)) button.hidden = !part.allDone() && !part.sco;
}

function listenToButtons(session) {
  for (const button of all("[data-finish]")) button.addEventListener("click", () => session.leave(true));
  for (const button of all("[data-leave]")) button.addEventListener("click", () => session.leave(false));
  one("[data-reload]").addEventListener("click", () => window.location.reload());
  // The browser's own command prints the LMS's page, with one screen of the frame that the course is in.
  for (const button of all("[data-print]")) button.addEventListener("click", () => window.print());
}

// Each way of closing a page fires another event. A page that comes back from the cache is loaded anew.
function listenToLeaving(session) {
  window.addEventListener("pagehide", () => session.close());
  window.addEventListener("beforeunload", () => session.remember(false));
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
  window.addEventListener("online", () => session.failing && session.save());
  document.addEventListener("visibilitychange", () => document.hidden && session.remember(true));
}

// Folds are open on paper.
function unfoldForPrint() {
  let folded = [];
  const setOpen = (open) => { for (const fold of folded) fold.open = open; };
  window.addEventListener("beforeprint", () => {
    folded.push(...all("details.fold:not([open])"));
    setOpen(true);
  });
  window.addEventListener("afterprint", () => {
    setOpen(false);
    folded = [];
  });
}

// Where the learner left: a lesson, questions or a result; else at the course's first page.
function resume(session, screens, assessments) {
  const linked = session.lms.local && byId(addressed());
  const lesson = lessonAt(session);
  const part = partAsking(session);
  const stage = part?.state.stage;
  const [, page] = session.place.split(".");
  const at = parseInt(page, 36) || 0;
  const show = (anchor) => screens.show(anchor, { replace: true, first: true });
  if (linked && linked.closest(".lesson")) show(linked.id);
  else if (lesson) show(at ? `${lesson.id}.${Math.min(at, lesson.pages - 1)}` : lesson.id);
  else if (stage === OVER) show(`${part.prefix}results.`);
  else if (page && isAsking(stage)) assessments.get(part).resume(at);
  else show(part && !page ? `${part.prefix}assessment.` : session.opening());
}

window.addEventListener("error", () => {
  if (document.body && !("ready" in document.body.dataset)) document.documentElement.classList.remove("js");
});
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();

// Starts the course: session, screens, then the place at which the learner left.

import { Assessment } from "./assessment.js";
import { Check } from "./check.js";
import { all, byId, glyph, make, one } from "./elements.js";
import { extras } from "./extras.js";
import { addressed } from "./focus.js";
import { lessonsDone } from "./progress.js";
import { showContacts } from "./school_contacts.js";
import { Screens } from "./screens.js";
import { Session } from "./session.js";
import { standard } from "./standard.js";
import { isAsking, OVER, PRE_TEST, PRE_TEST_ID } from "./stages.js";
import { lendTools } from "./tools.js";
import { wording } from "./words.js";

function start() {
  const course = JSON.parse(byId("course").textContent);
  const word = wording(course);
  const session = new Session(course, (good) => tellSaved(session, word, good));
  const screens = new Screens(session, word);
  session.leave = (finished) => leave(session, word, screens, finished);
  shortenBar();
  showContacts(word, session.lms.contacts);
  tellMode(session, word);
  for (const part of session.parts) for (const question of part.course.checks) new Check(question, part, word, screens);
  const assessments = new Map(session.parts.filter(({ final }) => final).map((part) => [part, new Assessment(part, word, screens)]));
  const assessment = assessments.get(session);
  const preTest = assessment && session.final.preTest && extras.PreTest && new extras.PreTest(assessment);
  screens.entering["start."] = () => {
    drawBegin(session, word, preTest);
    if (preTest) preTest.offer();
  };
  for (const part of session.parts) screens.entering[`${part.prefix}end.`] = () => drawEnd(part, word);
  listenToButtons(session);
  listenToLeaving(session);
  resume(session, screens, assessments);
  session.remember(true);
  lendTools(screens);
  document.body.dataset.ready = "";
}

function tellSaved(session, word, good) {
  const notice = one("[data-notice]");
  const was = Boolean(session.failing);
  session.failing = !good && !session.lms.local;
  if (session.failing) notice.replaceChildren(glyph("heed"), make("span", {}, word("not saved")));
  else if (was) notice.replaceChildren(glyph("tick"), make("span", {}, word("saved")));
  notice.dataset.state = session.failing ? "failing" : "good";
  if (!session.failing && was) setTimeout(() => !session.failing && notice.replaceChildren(), 4000);
}

function leave(session, word, screens, finished) {
  const good = session.close(Boolean(finished));
  const done = session.lms.local ? "stopped done here" : "stopped done";
  one("[data-stopped]").textContent = good && finished && session.sco && session.sco.onward === "continue" ? word("part done") : !good ? word("stopped not saved")
    : finished && session.complete() ? word(done) : whereNext(session, word);
  // A session that has ended stores nothing more, so the LMS has to open the course again.
  one("[data-reload]").hidden = !session.lms.local;
  if (finished && session.complete() && !session.sco) one("[data-reload]").textContent = word("look again");
  for (const dialog of all("dialog[open]")) dialog.close("left");
  screens.comeBack("");
  screens.show("stopped.", { quiet: true });
}

// The progress, and the place at which the course opens next time.
function whereNext(session, word) {
  const { state, final, parts, place } = session;
  const asking = parts.find((part) => part.final && part.state.stage !== OVER && place.startsWith(`${part.mark}.`));
  const next = state.stage === PRE_TEST && place.startsWith(PRE_TEST_ID)
    ? { title: word("pre-test"), minutes: final.preTest.minutes }
    : asking ? { title: word("final questions"), minutes: asking.final.minutes }
    : parts.flatMap(({ course }) => course.lessons).find(({ id }) => place.startsWith(`${id}.`));
  if (!next) return word("stopped lede");
  return word("stopped at", { progress: lessonsDone(session, word), title: next.title, minutes: word.counted("about minutes", next.minutes) });
}

// A player that shows title and contents itself asks for a shorter bar: ?bar=help, or the same in the frame's name.
function shortenBar() {
  const asked = new URLSearchParams(window.location.search).get("bar") || (/\bbar=(\w+)/.exec(window.name) || [])[1];
  if (asked === "help" || asked === "contents") document.body.dataset.bar = asked;
}

function tellMode({ lms, looking }, word) {
  const line = one("[data-mode]");
  const text = looking ? `${lms.mode} mode` : lms.refused ? "no platform" : lms.local && !lms.kept ? "no storage" : "";
  line.hidden = !text;
  if (text) line.textContent = word(text);
  if (!standard.website) return;
  one("[data-kept]").textContent = word("website");
  one("[data-whole-course]").hidden = false;
}

function drawBegin(session, word, preTest) {
  const link = one("[data-begin]");
  const [anchor, text] = preTest && preTest.opensCourse() ? preTest.way() : onward(session, word);
  link.setAttribute("href", `#${anchor}`);
  one("span", link).textContent = text;
}

// The first thing that is left to do, and the words for it.
function onward(session, word) {
  const { course, state, final } = session;
  if (session.isPreTest) return ["pre-test.", word(state.stage === PRE_TEST ? "continue with pre-test" : "pre-test")];
  if (state.stage === PRE_TEST) return ["questions.", word("continue with pre-test")];
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
  const over = part.allDone();
  const screen = byId(`${part.prefix}end.`);
  const { isOptional } = part;
  const lede = over ? isOptional ? "optional end lede" : "course end lede" : isOptional ? "optional end still" : "course end still";
  one("[data-end-title]", screen).textContent = word(part.sco ? "part end" : over ? isOptional ? "optional end" : "course end" : "course end not yet");
  one("[data-end-lede]", screen).textContent = part.sco ? word(over ? "part end lede" : "part end still") : word(lede);
  for (const button of all("[data-finish]", screen)) button.hidden = !over && !part.sco;
}

function listenToButtons(session) {
  for (const button of all("[data-finish]")) button.addEventListener("click", () => session.leave(true));
  for (const button of all("[data-leave]")) button.addEventListener("click", () => session.leave(false));
  one("[data-reload]").addEventListener("click", () => window.location.reload());
  // The browser's own command prints the LMS's page, with one screen of the frame that the course is in.
  for (const button of all("[data-print-all]")) button.addEventListener("click", printAll);
  for (const button of all("[data-print]")) button.addEventListener("click", () => window.print());
}

// All lessons on paper, and then the screen as it was.
function printAll() {
  document.body.dataset.whole = "";
  window.addEventListener("afterprint", () => { delete document.body.dataset.whole; }, { once: true });
  window.print();
}

// Each way of closing a page fires another event. A page that comes back from the cache is loaded anew.
function listenToLeaving(session) {
  window.addEventListener("pagehide", () => session.close());
  window.addEventListener("beforeunload", () => session.remember(false));
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
  window.addEventListener("online", () => session.failing && session.save());
  document.addEventListener("visibilitychange", () => document.hidden && session.remember(true));
  for (const kind of ["beforeprint", "afterprint"]) window.addEventListener(kind, () => unfold(kind === "beforeprint"));
}

function unfold(printing) {
  for (const fold of all("details.fold")) {
    if (printing && !fold.open) fold.dataset.folded = "";
    if (printing) fold.open = true;
    else if ("folded" in fold.dataset) fold.open = false;
    if (!printing) delete fold.dataset.folded;
  }
}

function resume(session, screens, assessments) {
  const { lms, parts, place } = session;
  const [id, page] = place.split(".");
  const lesson = parts.flatMap(({ course }) => course.lessons).find((each) => each.id === id);
  const how = { replace: true, first: true };
  const linked = lms.local && byId(addressed());
  if (linked && linked.closest(".lesson")) screens.show(linked.id, how);
  else if (lesson) {
    const at = Math.min(parseInt(page, 36) || 0, lesson.pages - 1);
    screens.show(at ? `${id}.${at}` : id, how);
  } else resumeQuestions(session, screens, assessments, how);
}

// The final questions, a pre-test or a result, of the part that the place names; else the course's first page.
function resumeQuestions(session, screens, assessments, how) {
  const [id, page] = session.place.split(".");
  const part = id === PRE_TEST_ID ? session : session.parts.find(({ mark }) => mark === id);
  const assessment = part && session.place ? assessments.get(part) : undefined;
  const fresh = session.opening() || "start.";
  if (!assessment) screens.show(fresh, how);
  else if (id !== PRE_TEST_ID && part.state.stage === OVER) screens.show(`${part.prefix}results.`, how);
  else if (page && isAsking(part.state.stage)) assessment.resume(parseInt(page, 36) || 0);
  else if (page === "" && id !== PRE_TEST_ID && !session.isPreTest) screens.show(`${part.prefix}assessment.`, how);
  else screens.show(fresh, how);
}

window.addEventListener("error", () => {
  if (document.body && !("ready" in document.body.dataset)) document.documentElement.classList.remove("js");
});
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();

// The play page: the server's answers decide what is delivered; the SCO's calls leave through the outbox.
import { Asking } from "./asking.js";
import { Contents, showControls } from "./contents.js";
import { Delivery } from "./delivery.js";
import { Journal, storage } from "./journal.js";
import { Lent } from "./lent.js";
import { keepProcess } from "./process.js";
import { Notices } from "./notices.js";
import { ended, ending, gone, keptHere, leadsOn, noAnswer, nothingDelivered, superseded } from "./placeholders.js";
import { Outbox } from "./outbox.js";
import { Panel } from "./panel.js";
import { printByKey, printFrame, printWhole } from "./printing.js";
import { post, unguessable, wait } from "./protocol.js";
import { Reading } from "./reading.js";
import { callsToRestore, closeApi, openApi } from "./instance.js";
import { keepInFrame } from "./topwindow.js";
import { isWritten, Tabs, whenReleased } from "./tabs.js";
import { validity } from "./validity.js";
import { words } from "./words.js";

const AWAY = 30_000; // after so many milliseconds without an answer the page asks for one

const { registration, table: tableUrl } = document.body.dataset;
const base = new URL(".", location.href);
let page = unguessable(); // a delivery asked for twice by one page is one delivery
const journal = new Journal(storage(), base.pathname.split("/").at(-2));
const notices = new Notices();
const lent = new Lent();
const reading = new Reading();
const delivery = new Delivery(document.getElementById("stage"), { shown: watch, removed: () => lent.clear() });
const panel = new Panel();
const asking = new Asking();
const buttons = document.querySelectorAll("[data-nav]");
const contents = new Contents(document.querySelector("[data-toc]"), (item) => navigate("choice", item));
const outbox = new Outbox({ journal, on: { answer: answered, gone: stopLinkEnded, change: changed, lost: callsToRestore, shown: () => latest?.view } });
const outboxes = new Map([[registration, outbox]]); // one for each registration that has calls in this browser's journal
const tabs = new Tabs(registration, { flush, stop: (at) => at > since && stopTakenOver() });

let table = null;
let contacts = {}; // those of the learner's school, as the last delivery gave them
let latest = null; // the last answer, with the view of an earlier one where it has none
let session = null; // the session whose calls are recorded
let underWay = "starting"; // the request under way that may deliver something else: the learner's, or "sco" for the SCO's
let over = false;
let since = 0; // when this page's last own delivery was answered
let waiting = false; // whether the page shows that a leaving learner need not wait
let answeredAt = 0; // when the last answer came
let announced = false; // whether other tabs have been told that this one runs
let leaving = false; // while the page is going
let warned = false; // whether the browser has announced that the page goes: iPads do not, nor does WebKit for a page that it keeps

async function start() {
  [table] = await Promise.all([load(tableUrl), sendJournal()]);
  if (!over) apply(await deliver());
}

async function load(url, failures = 0) {
  try {
    return await (await fetch(url)).json();
  } catch {
    await pause(failures + 1);
    return load(url, failures + 1);
  }
}

/** Sends the calls that earlier pages could not send, before this page asks for a delivery. */
async function sendJournal() {
  await tabs.arrive();
  for (const { registration: of, session: its } of journal.left()) {
    if (!outboxes.has(of)) outboxes.set(of, new Outbox({ journal }));
    const send = () => adopt(outboxes.get(of), of, its);
    if (await isWritten(of, its)) whenReleased(of, its).then(send);
    else send();
  }
  await outbox.settled();
}

/** Sends a session's calls: under this page's token where they are this registration's, else under their own. */
function adopt(by, of, its) {
  const one = journal.left(of, its).find((left) => left.session === its);
  if (one?.commits.length) by.adopt(one, new URL(of === registration ? "commit" : `../${one.token}/commit`, base));
  else if (navigator.locks) journal.close(of, its); // no page writes it any more
}

async function deliver() {
  for (let failures = 1; ; failures += 1) {
    const came = await post(new URL("deliver", base), JSON.stringify({ page }));
    if (came.kind === "answer") {
      since = Date.now();
      contacts = came.answer.contacts ?? {};
      return came.answer;
    }
    if (came.kind === "gone") return stopLinkEnded(null, came.sentence);
    if (failures > 1 && !over) notices.stand(noAnswer());
    await pause(failures);
  }
}

function apply(answer) {
  if (!answer || over) return;
  const next = answer.session ?? { state: "ended" };
  if (answer.superseded || (next.page ?? page) !== page) return stopTakenOver();
  latest = answer.contents ? answer : { ...answer, ...shown(latest) };
  answeredAt = Date.now();
  if (answer.contents) showView(answer);
  if (next.state !== "running") finish(next);
  else if (next.id !== session?.id) take(next);
  else if (!next.href) show(next);
  changed();
}

function watch(frame) {
  reading.watch(frame);
  printFrame(frame);
}

const shown = ({ view, contents, controls, valid }) => ({ view, contents, controls, valid });

function showView({ contents: parts, controls }) {
  contents.show(parts);
  document.getElementById("done").textContent = Contents.summary(parts);
  showControls(buttons, controls);
}

/**
 * Another session begins: the SCO of the one before goes first, so that its last calls are still its own. An asset is
 * given the API too, because many a package calls its SCOs assets.
 */
function take(next) {
  delivery.remove();
  session = next;
  underWay = null;
  waiting = false;
  outbox.begin({ registration, session: next.id, url: new URL("commit", base), number: (next.have ?? 0) + 1, opened: Date.now() });
  tabs.hold(next.id);
  if (next.launch?.standard) openApi(table, next.launch, { record, terminated, commit, valid, stays: () => !underWay && !over, contacts });
  else closeApi();
  show(next);
}

function show({ state, item, href, title }) {
  document.body.dataset.session = state;
  document.body.dataset.activity = href ? item : "";
  const parts = latest.contents.filter(({ visible, cluster }) => visible && !cluster).length;
  panel.settle({ parts, choosing: !href && leadsOn(latest) });
  if (!href) {
    delivery.remove();
    return notices.stand({ ...nothingDelivered(latest), focus: false });
  }
  notices.clear();
  delivery.show({ href, title, name: parts > 1 ? "bar=help" : "bar=contents" });
  notices.news(words.opened(title));
}

function finish(last) {
  over = true;
  delivery.remove([]);
  leave(last.state);
  notices.stand(ended(last, latest, () => location.reload()));
  notices.news("");
}

/** Ends the page: it delivers nothing more. */
function leave(state) {
  underWay = null;
  over = true;
  asking.away();
  document.body.dataset.session = state;
  document.body.dataset.activity = "";
  for (const button of buttons) button.hidden = true;
  panel.away();
  flush().then(() => tabs.release());
}

/** The learner's own request: the SCO is unloaded first and may still make calls; all of it is one commit. */
function navigate(request, target = "") {
  if (underWay && outbox.trouble && LEAVING.includes(request)) leaveLater();
  if (underWay || over || !session) return;
  underWay = request;
  outbox.together(() => {
    delivery.remove();
    record(["Navigate", request, target]);
  });
  changed();
}

/** The learner's own end of the attempt loses the place, so the page asks first; a SCO's request is not asked about. */
async function end() {
  if (!underWay && !over && session && !(await asking.ask(ending(latest)))) return panel.putAway();
  navigate("exitAll");
}

const record = (call, scarce) => outbox.record(call, Date.now(), scarce);

function terminated(asks) {
  if (asks && leaving) suspend();
  else if (asks) underWay ??= "sco";
  outbox.send();
}

/** The learner goes: that comes before what the SCO asks for as it goes, and keeps its place. */
function suspend() {
  if (!session || over || underWay) return;
  underWay = "suspendAll";
  record(["Navigate", "suspendAll", ""]);
}

/** False only where neither this browser nor the server has what was to be saved. */
function commit() {
  outbox.send();
  return outbox.kept || !outbox.trouble;
}

/** `unknown` while an answer that could change it is under way. */
const valid = (element) => (underWay || outbox.mayChangeView ? "unknown" : validity(latest.valid, element));

function answered({ session: of, calls }, answer) {
  if (of !== session?.id || over) return;
  if (answer.superseded) return stopTakenOver();
  if (!announced) tabs.running(since);
  announced = true;
  const asked = (name) => calls.some(([, called]) => called === name);
  const refused = asked("Navigate") && answer.session?.id === session.id && answer.session.state === "running" && answer.session.href;
  if (asked("Navigate") || (asked("Terminate") && underWay === "sco")) underWay = null;
  apply(answer);
  if (refused) again();
}

/** Delivers the same activity again: the request was refused, and its SCO has been unloaded already. */
async function again() {
  underWay = "starting";
  page = unguessable();
  changed();
  const answer = await deliver();
  session = null;
  apply(answer);
}

/** Sends at once, not after the pause of a failure: a page that opens waits for it. */
async function flush() {
  outbox.send();
  outbox.retry();
  await outbox.settled();
}

function stopTakenOver() {
  if (over || !session) return;
  over = true;
  delivery.remove();
  leave("suspended");
  notices.stand(superseded(latest, () => location.reload()));
}

function stopLinkEnded(commit, sentence) {
  if (over || (commit && commit.session !== session?.id)) return;
  over = true;
  delivery.remove();
  leave("suspended");
  outbox.stop();
  notices.stand(gone(sentence, latest));
  changed();
}

const LEAVING = ["suspendAll", "exitAll", "abandonAll"];

/** Tells a learner who leaves while offline that they need not wait: this page or the next one sends the rest. */
function leaveLater() {
  if (waiting) return;
  waiting = true;
  notices.stand(keptHere(latest));
}

const busy = () => Boolean(!over && (underWay || outbox.flying || (outbox.pending && !outbox.trouble)));
const sayBusy = (is) => document.body.setAttribute("aria-busy", String(is)); // the property ariaBusy came late to Firefox
let drawing = false;

/** Marks the page busy at once, and draws the rest when the SCO's script has run. */
function changed() {
  if (busy()) sayBusy(true);
  if (drawing) return;
  drawing = true;
  queueMicrotask(draw);
}

function draw() {
  drawing = false;
  sayBusy(busy());
  if (outbox.trouble && outbox.kept && LEAVING.includes(underWay)) leaveLater();
  notices.saving({ outbox, at: latest?.saved, underWay });
}

/** Sends when the page is hidden, as it may never come back; asks for an answer when it comes back late. */
function seen() {
  if (document.visibilityState === "hidden") outbox.send();
  else if (session && !over && Date.now() - answeredAt > AWAY) outbox.ask();
}

const pause = (failures) => new Promise((done) => setTimeout(done, wait(failures)));

for (const button of buttons) button.addEventListener("click", () => (button.dataset.nav === "exitAll" ? end() : navigate(button.dataset.nav)));
// At the click already: Firefox may cut off the calls of a SCO whose page is unloaded.
document.getElementById("back")?.addEventListener("click", ({ ctrlKey, metaKey, shiftKey }) => {
  if (!ctrlKey && !metaKey && !shiftKey) navigate("suspendAll");
});
addEventListener("online", () => outboxes.forEach((box) => box.retry()));
document.addEventListener("visibilitychange", seen);
addEventListener("beforeunload", (event) => {
  warned = leaving = true;
  setTimeout(() => (leaving = false));
  setTimeout(() => outbox.send()); // with the calls that the SCO makes on this event: Firefox may cut off later ones
  if (outbox.pending && !outbox.kept) event.preventDefault();
});
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
addEventListener("pagehide", ({ persisted }) => {
  leaving = true;
  outbox.sendLast(() => {
    delivery.remove([...(warned ? [] : ["beforeunload"]), ...(persisted ? ["pagehide", "unload"] : [])]);
    suspend();
  });
  tabs.close();
});

if (globalThis.navigation) keepInFrame(navigation, (url) => !over && delivery.turn(url));
printWhole(() => delivery.frame);
printByKey(window, () => delivery.frame);
keepProcess();
start();

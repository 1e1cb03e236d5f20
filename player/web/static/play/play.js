// The play page: an answer of the server decides what is delivered; the calls of the SCO go out through the outbox.
import { Contents, showControls } from "./contents.js";
import { Delivery } from "./delivery.js";
import { Journal, storage } from "./journal.js";
import { keepProcess } from "./process.js";
import { Notices } from "./notices.js";
import { ended, gone, keptHere, leadsOn, noAnswer, nothingDelivered, superseded } from "./placeholders.js";
import { Outbox } from "./outbox.js";
import { Panel } from "./panel.js";
import { post, unguessable, wait } from "./protocol.js";
import { closeApi, openApi, said } from "./instance.js";
import { keepInFrame } from "./topwindow.js";
import { gone as isGone, lives, Tabs } from "./tabs.js";
import { validity } from "./validity.js";
import { words } from "./words.js";

const AWAY = 30_000; // after so many milliseconds without an answer the page asks how things stand

const { registration, table: tableUrl } = document.body.dataset;
const base = new URL(".", location.href);
let page = unguessable(); // a delivery asked for twice by one page is one delivery
const journal = new Journal(storage(), base.pathname.split("/").at(-2));
const notices = new Notices();
const delivery = new Delivery(document.getElementById("stage"));
const panel = new Panel();
const buttons = document.querySelectorAll("[data-nav]");
const contents = new Contents(document.querySelector("[data-toc]"), (item) => navigate("choice", item));
const outbox = new Outbox({ journal, on: { answer: answered, gone: tokenEnded, change: changed, lost: said, shown: () => truth?.view } });
const boxes = new Map([[registration, outbox]]); // and one for each other registration that has something left here
const tabs = new Tabs(registration, { flush, stop: (at) => at > since && takenOver() });

let table = null;
let truth = null; // the last answer, and where that left the view out the one before it
let session = null; // the one whose calls are written
let moving = "starting"; // what is under way that may deliver something else: the learner's request, or the SCO's
let over = false;
let since = 0; // when this page was last delivered something by asking for it
let waiting = false; // whether the page says that a leaving learner need not wait
let heard = 0; // when the server last said how things stand
let told = false; // whether other tabs know that this one runs
let leaving = false; // while the page is going
let warned = false; // whether the browser has said that the page goes: on iPads it does not, and a page that WebKit keeps goes in silence

async function start() {
  [table] = await Promise.all([load(tableUrl), sendWhatIsLeft()]);
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

/** Calls that an earlier page could not send come before anything that this one asks for. */
async function sendWhatIsLeft() {
  await tabs.hello();
  for (const { registration: of, session: its } of journal.left()) {
    if (!boxes.has(of)) boxes.set(of, new Outbox({ journal }));
    const send = () => adopt(boxes.get(of), of, its);
    if (await lives(of, its)) isGone(of, its).then(send);
    else send();
  }
  await outbox.settled();
}

/** This registration's go out under the token of this page, others' under the one that they were written under. */
function adopt(by, of, its) {
  const one = journal.left(of, its).find((left) => left.session === its);
  if (one?.commits.length) by.adopt(one, new URL(of === registration ? "commit" : `../${one.token}/commit`, base));
  else if (navigator.locks) journal.close(of, its); // nobody writes it any more
}

async function deliver() {
  for (let failures = 1; ; failures += 1) {
    const came = await post(new URL("deliver", base), JSON.stringify({ page }));
    if (came.kind === "answer") {
      since = Date.now();
      return came.answer;
    }
    if (came.kind === "gone") return tokenEnded(null, came.sentence);
    if (failures > 1 && !over) notices.stand(noAnswer());
    await pause(failures);
  }
}

function apply(answer) {
  if (!answer || over) return;
  const next = answer.session ?? { state: "ended" };
  if (answer.superseded || (next.page ?? page) !== page) return takenOver();
  truth = answer.contents ? answer : { ...answer, ...shown(truth) };
  heard = Date.now();
  if (answer.contents) showView(answer);
  if (next.state !== "running") finish(next);
  else if (next.id !== session?.id) take(next);
  else if (!next.href) show(next);
  changed();
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
  moving = null;
  waiting = false;
  outbox.begin({ registration, session: next.id, url: new URL("commit", base), number: (next.have ?? 0) + 1, opened: Date.now() });
  tabs.hold(next.id);
  if (next.launch?.standard) openApi(table, next.launch, { record, terminated, commit, valid, stays: () => !moving && !over });
  else closeApi();
  show(next);
}

function show({ state, item, href, title }) {
  document.body.dataset.session = state;
  document.body.dataset.activity = href ? item : "";
  const parts = truth.contents.filter(({ visible, cluster }) => visible && !cluster).length;
  panel.settle({ parts, choosing: !href && leadsOn(truth) });
  if (!href) {
    delivery.remove();
    return notices.stand({ ...nothingDelivered(truth), focus: false });
  }
  notices.clear();
  delivery.show({ href, title, name: parts > 1 ? "bar=help" : "bar=contents" });
  notices.news(words.opened(title));
}

function finish(last) {
  over = true;
  delivery.remove([]);
  leave(last.state);
  notices.stand(ended(last, truth, () => location.reload()));
  notices.news("");
}

/** Nothing more comes on this page. */
function leave(state) {
  moving = null;
  over = true;
  document.body.dataset.session = state;
  document.body.dataset.activity = "";
  for (const button of buttons) button.hidden = true;
  panel.away();
  flush().then(() => tabs.letGo());
}

/** The learner's own request: the SCO goes first and may still speak; all of it is one commit. */
function navigate(request, target = "") {
  if (moving && outbox.trouble && LEAVING.includes(request)) leaveLater();
  if (moving || over || !session) return;
  moving = request;
  outbox.together(() => {
    delivery.remove();
    record(["Navigate", request, target]);
  });
  changed();
}

const record = (call, scarce) => outbox.record(call, Date.now(), scarce);

function terminated(asks) {
  if (asks && leaving) suspend();
  else if (asks) moving ??= "sco";
  outbox.send();
}

/** The learner goes: that comes before what the SCO asks for as it goes, and keeps its place. */
function suspend() {
  if (!session || over || moving) return;
  moving = "suspendAll";
  record(["Navigate", "suspendAll", ""]);
}

/** False only where neither this browser nor the server has what was to be saved. */
function commit() {
  outbox.send();
  return outbox.kept || !outbox.trouble;
}

/** `unknown` while an answer that could change it is under way. */
const valid = (element) => (moving || outbox.weighty ? "unknown" : validity(truth.valid, element));

function answered({ session: of, calls }, answer) {
  if (of !== session?.id || over) return;
  if (answer.superseded) return takenOver();
  if (!told) tabs.running(since);
  told = true;
  const asked = (name) => calls.some(([, called]) => called === name);
  const refused = asked("Navigate") && answer.session?.id === session.id && answer.session.state === "running" && answer.session.href;
  if (asked("Navigate") || (asked("Terminate") && moving === "sco")) moving = null;
  apply(answer);
  if (refused) again();
}

/** A refused request leaves the learner where they were; their SCO has gone, so it is delivered anew. */
async function again() {
  moving = "starting";
  page = unguessable();
  changed();
  const answer = await deliver();
  session = null;
  apply(answer);
}

/** At once, not after the pause of a failure: a page that comes waits for it. */
async function flush() {
  outbox.send();
  outbox.retry();
  await outbox.settled();
}

function takenOver() {
  if (over || !session) return;
  over = true;
  delivery.remove();
  leave("suspended");
  notices.stand(superseded(truth, () => location.reload()));
}

function tokenEnded(commit, sentence) {
  if (over || (commit && commit.session !== session?.id)) return;
  over = true;
  delivery.remove();
  leave("suspended");
  outbox.stop();
  notices.stand(gone(sentence, truth));
  changed();
}

const LEAVING = ["suspendAll", "exitAll", "abandonAll"];

/** Offline, a learner who leaves need not wait: what they did is kept, and sent by this page or the next. */
function leaveLater() {
  if (waiting) return;
  waiting = true;
  notices.stand(keptHere(truth));
}

const busy = () => Boolean(!over && (moving || outbox.flying || (outbox.pending && !outbox.trouble)));
const sayBusy = (is) => document.body.setAttribute("aria-busy", String(is)); // as a property it came late to Firefox
let drawing = false;

/** Says at once that something is under way, and draws the rest when the SCO's script has run. */
function changed() {
  if (busy()) sayBusy(true);
  if (drawing) return;
  drawing = true;
  queueMicrotask(draw);
}

function draw() {
  drawing = false;
  sayBusy(busy());
  if (outbox.trouble && outbox.kept && LEAVING.includes(moving)) leaveLater();
  notices.saving({ outbox, at: truth?.saved, moving });
}

/** A page that is put away may never come back; one that was away may be late. */
function seen() {
  if (document.visibilityState === "hidden") outbox.send();
  else if (session && !over && Date.now() - heard > AWAY) outbox.ask();
}

const pause = (failures) => new Promise((done) => setTimeout(done, wait(failures)));

for (const button of buttons) button.addEventListener("click", () => navigate(button.dataset.nav));
// At the click already: Firefox may cut off what a SCO says while its page is unloaded.
document.getElementById("back")?.addEventListener("click", ({ ctrlKey, metaKey, shiftKey }) => {
  if (!ctrlKey && !metaKey && !shiftKey) navigate("suspendAll");
});
addEventListener("online", () => boxes.forEach((box) => box.retry()));
document.addEventListener("visibilitychange", seen);
addEventListener("beforeunload", (event) => {
  warned = leaving = true;
  setTimeout(() => (leaving = false));
  setTimeout(() => outbox.send()); // with what the SCO says on hearing it: Firefox may cut off all that comes later
  if (outbox.pending && !outbox.kept) event.preventDefault();
});
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
addEventListener("pagehide", ({ persisted }) => {
  leaving = true;
  outbox.depart(() => {
    delivery.remove([...(warned ? [] : ["beforeunload"]), ...(persisted ? ["pagehide", "unload"] : [])]);
    suspend();
  });
  tabs.close();
});

if (globalThis.navigation) keepInFrame(navigation, (url) => !over && delivery.turn(url));
keepProcess();
start();

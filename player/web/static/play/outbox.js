// The way of each call to the server: into the journal as it happens, into a numbered commit, and out strictly in order.
import { middle, OpenCommit, weight } from "./opencommit.js";
import { commitBody, KEEPALIVE, post, wait } from "./protocol.js";

const SOON = 1000; // a SCO that never commits is saved within this many milliseconds
const LARGE = 16 * 1024; // from here on a value is sent at once: a closing tab could not carry much more
const HUGE = 256 * 1024; // a commit is closed here, so that no answer is lost to a proxy's limit
const MANY = 1000; // and here, so that finding what a call overwrites stays cheap
const TRACKED = /^cmi\.(?:completion_status|success_status|progress_measure|score\.scaled|objectives\.|exit$)/;

export class Outbox {
  #journal;
  #on;
  #post;
  #queue = [];
  #open = null;
  #flying = null;
  #due = false;
  #held = 0;
  #failures = 0;
  #soon = 0;
  #again = 0;
  #stopped = false;
  #waiting = [];

  trouble = null; // "offline" or "failed" while the server cannot be reached
  kept = true; // false once the browser has refused to keep a call
  since = 0; // when the request in flight left

  constructor({ journal, on = {}, send = post }) {
    this.#journal = journal;
    this.#on = { answer() {}, gone() {}, change() {}, lost: () => [], shown: () => undefined, ...on };
    this.#post = send;
  }

  /** Names the session that the next calls belong to, and the first number that it has free. */
  begin({ registration, session, url, number, opened }) {
    this.#close();
    const before = this.#open;
    if (before && !this.#queue.some((one) => one.session === before.session)) this.#journal.close(before.registration, before.session);
    this.#open = new OpenCommit(this.#journal, { registration, session, url, number });
    this.kept = this.#journal.open(registration, session, opened) && this.kept;
  }

  /** Queues the commits that an earlier page left, ahead of anything new. */
  adopt({ registration, session, commits }, url) {
    this.#queue.push(...commits.map(({ number, calls }) => ({ registration, session, url, number, calls })));
    this.#pump();
  }

  /** Keeps one call, in place of the one that it overwrites, until the server has acknowledged it. */
  record(call, time, scarce) {
    const open = this.#open;
    if (!open) return;
    const kept = open.add(call, time, scarce);
    this.kept = this.kept && kept;
    if ((open.size > HUGE || open.length >= MANY) && open.divides) this.#cut();
    if (!kept || weight(call) > LARGE) this.send();
    else this.#soon ||= setTimeout(() => this.send(), SOON);
    this.#on.change();
  }

  send() {
    this.#due = true;
    clearTimeout(this.#soon);
    this.#soon = 0;
    this.#pump();
  }

  /** Asks for an answer by a commit without a call: another device may have taken over meanwhile. */
  ask() {
    if (!this.#open || this.pending) return;
    const [commit, next] = this.#open.close();
    this.#queue.push(commit);
    this.#open = next;
    this.#pump();
  }

  /** Runs work that may make calls, which leave as one commit. */
  together(work) {
    this.#held += 1;
    try {
      work();
    } finally {
      this.#held -= 1;
    }
    this.send();
  }

  /**
   * The page is going: what fits leaves with `keepalive`, the rest stays in the journal for the next page. Nobody will be there to
   * send again what overtook another, so it leaves as one, with what is on its way already.
   */
  sendLast(work = () => {}) {
    this.#stopped = true;
    clearTimeout(this.#again);
    this.together(work);
    this.#close();
    this.#writeAgain();
    const flying = this.#flying?.keepalive ? [this.#flying] : [];
    const waiting = this.#queue.filter((one) => !flying.includes(one)).map((one) => ({ url: one.url, body: commitBody(one) }));
    let room = KEEPALIVE - (flying[0]?.body.length ?? 0);
    for (const { url, body } of asOne(flying, waiting, room) ?? waiting) {
      const keepalive = body.length <= room;
      if (keepalive) room -= body.length;
      this.#post(url, body, { keepalive });
    }
  }

  /** Stops for good; what is left stays in the journal. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#again);
    clearTimeout(this.#soon);
    this.#release();
  }

  /** Sends again now instead of after the pause. */
  retry() {
    clearTimeout(this.#again);
    this.#again = 0;
    this.#pump();
  }

  /** Fulfilled once nothing is left to send. */
  settled() {
    return new Promise((done) => {
      this.#waiting.push(done);
      this.#pump();
    });
  }

  get flying() {
    return this.#flying !== null;
  }

  /** The calls that the server has not acknowledged, oldest first. */
  get unsent() {
    return [...this.#queue.flatMap(({ calls }) => calls), ...(this.#open?.calls ?? [])];
  }

  get pending() {
    return this.#flying !== null || this.#queue.length > 0 || (this.#open?.length ?? 0) > 0;
  }

  /** Whether a call is unsent that may change the server's view of the activity tree. */
  get mayChangeView() {
    return this.unsent.some(([, name, element]) => name === "Reopen" || TRACKED.test(element ?? ""));
  }

  #close() {
    if (this.#open?.length && !this.#held) this.#cut();
  }

  #cut() {
    const [commit, next] = this.#open.close();
    this.#queue.push(commit);
    this.#open = next;
  }

  #pump() {
    if (this.#flying || this.#again || this.#stopped) return;
    if (this.#queue.length === 0 && this.#due) this.#close();
    if (this.#queue.length > 0) this.#fly(this.#queue[0]);
    else if (this.#held === 0) this.#rest();
  }

  #rest() {
    this.#due = false;
    if (!this.pending) this.#release();
    else this.#soon ||= setTimeout(() => this.send(), SOON);
    this.#on.change();
  }

  #release() {
    for (const done of this.#waiting.splice(0)) done();
  }

  async #fly(commit) {
    commit.body = commitBody(commit, this.#on.shown());
    commit.keepalive = commit.body.length <= LARGE;
    this.#flying = commit;
    this.since = Date.now();
    this.#on.change();
    const came = await this.#post(commit.url, commit.body, { keepalive: commit.keepalive });
    this.#flying = null;
    if (this.#stopped) return;
    this.#take(commit, came);
    this.#on.change();
    this.#pump();
  }

  #take(commit, came) {
    const reached = {
      answer: () => this.#acknowledged(commit, came.answer),
      gap: () => this.#moveTo(commit, came.wanted),
      long: () => this.#halve(commit),
    };
    if (came.kind === "gone") return this.#gone(commit, came.sentence);
    if (came.kind === "refused") return this.#passOver(commit, came.sentence);
    if (came.kind in reached && reached[came.kind]()) return this.#reached();
    return this.#failed(came.kind);
  }

  #reached() {
    this.#failures = 0;
    this.trouble = null;
  }

  #failed(kind) {
    this.#failures += 1;
    this.#writeAgain();
    this.trouble = kind === "offline" ? "offline" : "failed";
    this.#again = setTimeout(() => this.retry(), wait(this.#failures));
  }

  /** Journals again what waits: a course may have cleared the storage that it shares with this page. */
  #writeAgain() {
    for (const { registration, session, number, calls } of this.#queue) {
      if (this.#journal.holds(registration, session, number)) continue;
      calls.forEach((call, place) => this.#journal.append(registration, session, number, place, call));
    }
    this.#open?.renumber(this.#open.number);
  }

  /** False where an answer has not reached the commit that it answers: nothing may be forgotten then. */
  #acknowledged(commit, answer) {
    if (!(answer.have >= commit.number) && !answer.superseded) return false;
    this.#forget(commit, Math.max(answer.have ?? 0, commit.number));
    this.#on.answer(commit, answer);
    return true;
  }

  #forget({ registration, session }, have) {
    this.#queue = this.#queue.filter((one) => one.session !== session || one.number > have);
    this.#journal.acknowledge(registration, session, have);
    if (this.#open?.session === session && this.#open.number <= have) this.#open.renumber(have + 1); // sent by another page
    const more = this.#open?.session === session || this.#queue.some((one) => one.session === session);
    if (!more) this.#journal.close(registration, session);
  }

  /** The server wants another number: it has ours already, or (a restored backup) never got one that we forgot. */
  #moveTo(commit, wanted) {
    if (wanted > commit.number) this.#forget(commit, wanted - 1);
    else if (wanted < commit.number) this.#restore(commit, wanted);
    return wanted !== commit.number;
  }

  /** Queues calls that restore what the server has lost, ahead of what waits. */
  #restore(commit, wanted) {
    const { registration, session, url, number } = commit;
    const calls = this.#open?.session === session ? this.#on.lost(wanted).map((call) => [Date.now(), ...call]) : [];
    const parts = portions(calls);
    this.#queue.unshift(...parts.map((part, at) => ({ registration, session, url, number: number - parts.length + at, calls: part })));
    this.#renumber(commit, wanted);
  }

  /** A commit that is too long for the way goes as two; false where it is one call. */
  #halve({ registration, session, url, number, calls }) {
    if (calls.length < 2) return false;
    const at = middle(calls);
    const parts = [calls.slice(0, at), calls.slice(at)].map((part, place) => ({ registration, session, url, number: number - 1 + place, calls: part }));
    this.#queue.splice(0, 1, ...parts);
    this.#renumber({ registration, session }, number);
    return true;
  }

  #renumber({ registration, session }, first) {
    const mine = this.#queue.filter((one) => one.session === session);
    const open = this.#open?.session === session ? this.#open : null;
    const from = (mine[0] ?? open)?.number;
    this.#journal.acknowledge(registration, session, Infinity);
    for (const one of mine) {
      one.number += first - from;
      one.calls.forEach((call, place) => this.#journal.append(registration, session, one.number, place, call));
    }
    open?.renumber(open.number + first - from);
  }

  /** The token does not open the session (now): the journal keeps its calls for a later token of the registration. */
  #gone(commit, sentence) {
    this.#queue = this.#queue.filter((one) => one.session !== commit.session);
    this.#on.gone(commit, sentence);
  }

  /** Drops a commit that the server cannot read, so that it does not block those after it. */
  #passOver(commit, sentence) {
    console.error(`The server refused commit ${commit.number}: ${sentence}`);
    this.#queue = this.#queue.filter((one) => one !== commit);
    this.#renumber(commit, commit.number);
  }
}

/** Calls in as many commits as they need. */
function portions(calls) {
  const parts = [];
  let size = Infinity;
  for (const call of calls) {
    if (size > HUGE || parts.at(-1).length >= MANY) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1).push(call);
    size += weight(call.slice(1));
  }
  return parts;
}

/** One list of what is on its way and what waits behind it, or null where there is no such thing or it has no room. */
function asOne(flying, waiting, room) {
  const all = [...flying, ...waiting].map(({ body }) => body);
  const body = `[${all.join()}]`;
  return waiting.length > 0 && all.length > 1 && body.length <= room ? [{ url: waiting[0].url, body }] : null;
}

// The commit that is still open: calls as they happen, without those that a later call overwrites.
import { append } from "./coalescing.js";

export class OpenCommit {
  #journal;
  #log = []; // as the run-time model's rule wants them: the time last
  #entries = []; // the same, one step behind: where they differ, the rule has left one out
  #places = []; // of each in the journal
  #next = 0;

  size = 0;

  constructor(journal, { registration, session, url, number }) {
    this.#journal = journal;
    Object.assign(this, { registration, session, url, number });
  }

  get length() {
    return this.#log.length;
  }

  /** Whether it may end here: what ends a session, and the request after it, are sent together. */
  get divides() {
    return !this.#log.some(ends);
  }

  /** As the wire has them: the time first. */
  get calls() {
    return this.#log.map((entry) => [entry.at(-1), ...entry.slice(0, -1)]);
  }

  /** Writes the call down before the one that it overwrites goes; false where the browser refuses to keep it. */
  add(call, time, scarce = false) {
    const place = this.#next++;
    const kept = this.#journal.append(this.registration, this.session, this.number, place, [time, ...call]);
    const entry = Object.assign([...call, time], scarce && { scarce });
    append(this.#log, entry);
    this.#entries.push(entry);
    this.#places.push(place);
    this.size += weight(call);
    if (this.#log.length < this.#entries.length) this.#leaveOut(this.#entries.findIndex((old, at) => old !== this.#log[at]));
    return kept;
  }

  /** Writes everything down again, under another number. */
  renumber(number) {
    this.number = number;
    this.calls.forEach((call, at) => this.#journal.append(this.registration, this.session, number, this.#places[at], call));
  }

  /** What is sent, and the next commit to gather. */
  close() {
    const { registration, session, url, number, calls } = this;
    const next = new OpenCommit(this.#journal, { registration, session, url, number: number + 1 });
    return [{ registration, session, url, number, calls }, next];
  }

  #leaveOut(at) {
    this.size -= weight(this.#entries[at]);
    this.#journal.drop(this.registration, this.session, this.number, this.#places[at]);
    this.#places.splice(at, 1);
    this.#entries.splice(at, 1);
  }
}

const ends = ([name]) => name === "Terminate" || name === "Navigate";

/** Where calls as the wire has them are cut in two: what ends a session stays with what follows it. */
export function middle(calls) {
  const half = Math.ceil(calls.length / 2);
  const end = calls.findIndex(([, ...call]) => ends(call));
  return end > 0 ? Math.min(half, end) : half;
}

export const weight = ([, first = "", second = ""]) => `${first}${second}`.length;

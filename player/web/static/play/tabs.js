// Other tabs of this browser on the same registration: which of them still run, and messages between them.
import { lapse, unguessable } from "./protocol.js";

const lockName = (registration, session) => `play:${registration}:${session}`;
const PATIENCE = 4000; // with a page that lives and does not answer

/** Whether another page still writes this session; without locks such a page is taken for closed. */
export async function isWritten(registration, session) {
  try {
    return await navigator.locks.request(lockName(registration, session), { ifAvailable: true }, (lock) => lock === null);
  } catch {
    return false;
  }
}

/** Fulfilled when no page writes this session any more. */
export const whenReleased = (registration, session) => released(lockName(registration, session));

async function released(name, options = {}) {
  await navigator.locks.request(name, options, () => {}).catch(() => {});
}

/** The names under which pages of this browser write the registration's sessions right now. */
async function held(registration) {
  try {
    const { held: locks = [] } = await navigator.locks.query();
    return locks.map(({ name }) => name).filter((name) => name.startsWith(lockName(registration, "")));
  } catch {
    return []; // plain http, old browsers, frames that are given no storage
  }
}

export class Tabs {
  #name = unguessable();
  #registration;
  #channel;
  #leases = new Map(); // what gives up each session that this page writes
  #waiting = new Map(); // what to do once another page has sent a session's calls

  /** `flush` sends what this page has, `stop` hears since when another one runs. */
  constructor(registration, { flush, stop }) {
    this.#registration = registration;
    this.#channel = channel(`play:${registration}`);
    this.#channel.onmessage = ({ data }) => this.#hear(data, flush, stop);
  }

  /** Locks the session's journal: no other page may send it until this one releases it or is gone. */
  hold(session) {
    const name = lockName(this.#registration, session);
    const done = new Promise((release) => this.#leases.set(name, release));
    navigator.locks?.request(name, () => done).catch(() => {}); // refused: alone
  }

  release() {
    for (const unlock of this.#leases.values()) unlock();
    this.#leases.clear();
  }

  /** Before this page takes over: the pages that write this registration send what they have; a closed one is not waited for. */
  async arrive() {
    const others = await held(this.#registration);
    if (others.length === 0) return;
    const signal = lapse(PATIENCE);
    const sent = (name) => new Promise((done) => this.#waiting.set(name, done));
    const all = others.map((name) => Promise.race([sent(name), released(name, { signal })]));
    this.#say({ what: "arriving", from: this.#name });
    await Promise.all(all);
  }

  /** From the first commit of a delivery on, the server takes none of an earlier one. */
  running(since) {
    this.#say({ what: "running", since });
  }

  close() {
    this.#channel.close();
  }

  #say(word) {
    this.#channel.postMessage(word);
  }

  async #hear({ what, from, to, names, since }, flush, stop) {
    if (what === "arriving") await flush().then(() => this.#say({ what: "sent", to: from, names: [...this.#leases.keys()] }));
    if (what === "running") stop(since);
    if (what === "sent" && to === this.#name) names.forEach((name) => this.#waiting.get(name)?.());
  }
}

function channel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return { postMessage() {}, close() {} };
  }
}

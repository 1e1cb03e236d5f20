// Other tabs of this browser on the same registration: which of them still live, and word between them.

const lockName = (registration, session) => `play:${registration}:${session}`;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Says, for as long as this page lives, that the session's journal is written by it and nobody else may send it. */
export function live(registration, session) {
  navigator.locks?.request(lockName(registration, session), () => new Promise(() => {})).catch(() => {}); // refused: alone
}

/** Whether another page still writes this session; a page just closed may hold its name for a moment. */
export async function lives(registration, session, patience = 1000) {
  try {
    await navigator.locks.request(lockName(registration, session), { signal: AbortSignal.timeout(patience) }, () => {});
    return false;
  } catch (error) {
    return error.name === "TimeoutError" || error.name === "AbortError"; // without locks whoever wrote it is taken for closed
  }
}

export class Tabs {
  #channel;
  #heard = () => {};

  /** `flush` sends what this page has, `stop` hears since when another one runs. */
  constructor(registration, { flush, stop }) {
    this.#channel = channel(`play:${registration}`);
    this.#channel.onmessage = ({ data }) => this.#hear(data, flush, stop);
  }

  /** Before this page takes over: the pages that still run send what they have. */
  async hello(patience = 1500) {
    const sent = new Promise((done) => (this.#heard = done));
    this.#say("arriving");
    await Promise.race([sent, pause(patience)]);
  }

  /** From the first commit of a delivery on, the server takes none of an earlier one. */
  running(since) {
    this.#say("running", since);
  }

  close() {
    this.#channel.close();
  }

  #say(what, since = 0) {
    this.#channel.postMessage({ what, since });
  }

  async #hear({ what, since }, flush, stop) {
    if (what === "arriving") await flush().then(() => this.#say("sent"));
    if (what === "running") stop(since);
    if (what === "sent") this.#heard();
  }
}

function channel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return { postMessage() {}, close() {} };
  }
}

/** Whether another page of this browser plays the registration right now. */
export async function othersLive(registration) {
  try {
    const { held = [] } = await navigator.locks.query();
    return held.some(({ name }) => name.startsWith(lockName(registration, "")));
  } catch {
    return false; // plain http, old browsers, frames that are given no storage
  }
}

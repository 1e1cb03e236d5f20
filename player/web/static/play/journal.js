// What the server has not acknowledged yet, kept where a closed tab cannot take it: one key a call, so that a
// call costs one small write however much is waiting (docs/decisions/0003).

const PREFIX = "play";

/** JSON in ASCII: what a lone surrogate and U+0000 survive on every wire and in every database. */
export function ascii(value) {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}

const order = (a, b) => a - b;

export class Journal {
  #storage;
  #token;

  constructor(storage, token) {
    this.#storage = storage;
    this.#token = token;
  }

  /** Says whose a session's calls are and under which token they may be sent; false where storage refuses. */
  open(registration, session, opened) {
    return this.#write([PREFIX, registration, session], ascii({ token: this.#token, opened }));
  }

  append(registration, session, number, place, call) {
    return this.#write([PREFIX, registration, session, number, place], ascii(call));
  }

  drop(registration, session, number, place) {
    this.#remove([PREFIX, registration, session, number, place].join(":"));
  }

  /** Forgets the commits of a session up to the number that the server has. */
  acknowledge(registration, session, have) {
    for (const [key, part] of this.#entries(registration, session, "")) {
      if (part.length === 5 && Number(part[3]) <= have) this.#remove(key);
    }
  }

  holds(registration, session, number) {
    return this.#entries(registration, session, number, "").length > 0;
  }

  close(registration, session) {
    this.#remove([PREFIX, registration, session].join(":"));
  }

  /** What earlier pages of this browser could not send, oldest session first; of one session where it is named. */
  left(...of) {
    const sessions = new Map();
    const found = (part) => {
      const name = `${part[1]}:${part[2]}`;
      if (!sessions.has(name)) sessions.set(name, { registration: part[1], session: part[2], token: this.#token, opened: 0, numbers: new Map() });
      return sessions.get(name);
    };
    for (const [key, part] of this.#entries(...of)) {
      const value = read(this.#storage, key);
      if (value === undefined) continue;
      if (part.length === 3) Object.assign(found(part), { token: value.token, opened: value.opened });
      if (part.length === 5) put(found(part).numbers, Number(part[3]), Number(part[4]), value);
    }
    return [...sessions.values()].sort((a, b) => a.opened - b.opened).map(commits);
  }

  /** Only those of the path are taken apart, however much other courses have left. */
  #entries(...path) {
    const beginning = [PREFIX, ...path].join(":");
    try {
      return Object.keys(this.#storage)
        .filter((key) => key.startsWith(beginning))
        .map((key) => [key, key.split(":")])
        .filter(([, part]) => part[0] === PREFIX && (part.length === 3 || part.length === 5));
    } catch {
      return [];
    }
  }

  #write(path, value) {
    try {
      this.#storage.setItem(path.join(":"), value);
      return true;
    } catch {
      return false;
    }
  }

  #remove(key) {
    try {
      this.#storage.removeItem(key);
    } catch {
      // Refused storage holds nothing to forget.
    }
  }
}

function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function put(numbers, number, place, call) {
  if (!numbers.has(number)) numbers.set(number, new Map());
  numbers.get(number).set(place, call);
}

function commits({ numbers, ...session }) {
  const calls = (places) => [...places.keys()].sort(order).map((place) => places.get(place));
  return { ...session, commits: [...numbers.keys()].sort(order).map((number) => ({ number, calls: calls(numbers.get(number)) })) };
}

/** localStorage, or what refuses every write where the browser gives none (private windows, blocked third parties). */
export function storage(scope = globalThis) {
  const refusing = { setItem() { throw new Error("no storage"); }, getItem: () => null, removeItem() {} };
  try {
    return scope.localStorage ?? refusing;
  } catch {
    return refusing;
  }
}

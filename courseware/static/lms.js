// Talks to the LMS by the standard of this package; without an LMS, stores in the browser. All other scripts use only this one.

import { findApi, offeredContacts } from "./finding.js";
import { standard } from "./standard.js";

document.documentElement.classList.add("js");

// Errors that a second try cannot mend: not implemented, read only, type, range.
const FINAL = /^(20[1-5]|40[1-8])$/;
// Some LMSs store a limited number of records and answer "general failure" (351) to more: those are dropped after some tries.
const JOURNAL = /^cmi\.(interactions|objectives)\.\d+\./;
const PATIENCE = 6;
const SETTLED = /^(completed|passed|failed)$/;

const hundredths = (seconds) => Math.max(0, Math.floor(seconds * 100)) / 100;

export function openLms(course) {
  const api = standard.object && findApi(standard.object, standard.calls[0]);
  if (!api) return new Alone(course);
  const lms = new Lms(api);
  return lms.initialise() ? lms : new Alone(course, true);
}

class Lms {
  constructor(api) {
    this.api = api;
    this.contacts = offeredContacts(api);
    this.local = false;
    this.kept = true;
    this.started = performance.now();
    this.waiting = new Map(); // values that were refused, and are set again
    this.known = new Map(); // values that the LMS has
    this.refusals = new Map();
    this.closed = false;
    this.dirty = false;
  }

  initialise() {
    const [initialise] = standard.calls;
    if (this.call(initialise, "") !== "true" && !/^(101|103)$/.test(this.error())) return false;
    if (!this.get(standard.mode) && /^(112|122)$/.test(this.error())) return false;
    this.mode = this.get(standard.mode) || "normal";
    this.interactions = this.counted("cmi.interactions") || 0;
    this.suspended = this.get(standard.suspend);
    this.objectives = this.heldObjectives();
    return true;
  }

  call(name, ...values) {
    try {
      return String(this.api[name](...values));
    } catch {
      return "false";
    }
  }

  error() {
    return this.call(standard.calls[5]);
  }

  get(element) {
    const value = this.call(standard.calls[2], element);
    return /^(false|null|undefined)$/.test(value) ? "" : value;
  }

  // The length of one of the LMS's lists; null where the answer cannot be right.
  counted(list) {
    const count = this.get(`${list}._count`);
    return /^[0-9]{1,5}$/.test(count) ? Number(count) : null;
  }

  // A refused value waits for another try; a value that the LMS can never accept is dropped.
  put(element, value, again = false) {
    if (this.closed || (this.known.get(element) === value && !this.waiting.has(element))) return;
    this.dirty = true;
    // Waits behind its record's id: without that, the LMS would refuse it for good.
    const [record] = JOURNAL.exec(element) || [];
    if (record && element !== `${record}id` && this.waiting.has(`${record}id`)) {
      this.waiting.set(element, value);
    } else if (this.call(standard.calls[3], element, value) === "true") {
      this.known.set(element, value);
      this.waiting.delete(element);
    } else if (FINAL.test(this.error()) || (again && this.isHopeless(element))) {
      this.waiting.delete(element);
    } else {
      this.waiting.set(element, value);
    }
  }

  putAll(pairs, base = "") {
    for (const [element, value] of pairs) this.put(base + element, value);
  }

  // True where the LMS has refused a value in several saves and accepted the session time, the first value of each.
  isHopeless(element) {
    const [, journal] = JOURNAL.exec(element) || [];
    if (!journal || this.waiting.has(standard.time)) return false;
    const most = Math.max(this.refusals.get(journal) || 0, (this.refusals.get(element) || 0) + 1);
    this.refusals.set(most > PATIENCE ? journal : element, most);
    return most > PATIENCE;
  }

  // The objectives that the LMS has stored, by id, with their values; null where it has no list.
  heldObjectives() {
    this.places = this.counted("cmi.objectives");
    if (this.places === null) return null;
    const held = new Map();
    for (let at = 0; at < this.places; at += 1) {
      const base = `cmi.objectives.${at}.`;
      held.set(this.get(`${base}id`), at);
      for (const [key] of standard.objective({ title: "", language: "" })) this.known.set(base + key, this.get(base + key));
    }
    return held;
  }

  // False where the next objective has to wait for this one's place.
  objective(told) {
    const at = this.objectives && (this.objectives.get(told.id) ?? this.newObjective(told.id));
    if (!Number.isInteger(at)) return false;
    const base = `cmi.objectives.${at}.`;
    for (const [key, value] of standard.objective(told)) {
      const isBack = value === "incomplete" && SETTLED.test(this.known.get(base + key));
      if (value && !isBack) this.put(base + key, value);
    }
    return true;
  }

  // Its place in the list; null where the LMS did not take the id.
  newObjective(id) {
    const element = `cmi.objectives.${this.places}.id`;
    this.put(element, id);
    if (this.waiting.has(element)) return null;
    if (!this.known.has(element)) {
      this.objectives = null;
      return null;
    }
    this.objectives.set(id, this.places);
    this.places += 1;
    return this.places - 1;
  }

  // An answer is a new interaction, or several where one cannot hold it; an underscore is in no question's id.
  record(answer) {
    const { parts } = answer;
    parts.forEach((part, at) => {
      const id = parts.length > 1 ? `${answer.id}_${at + 1}` : answer.id;
      const told = standard.interaction({ ...answer, ...part, id, latency: hundredths(answer.latency) });
      this.putAll(told, `cmi.interactions.${this.interactions}.`);
      this.interactions += 1;
    });
  }

  tick() {
    this.put(standard.time, standard.span(hundredths((performance.now() - this.started) / 1000)));
  }

  save() {
    if (this.closed) return true;
    this.tick();
    for (const [element, value] of [...this.waiting]) this.put(element, value, true);
    if (!this.dirty && !this.waiting.size) return true;
    const taken = this.call(standard.calls[4], "") === "true";
    this.dirty = !taken || this.waiting.size > 0;
    return !this.dirty;
  }

  close(exit, request) {
    if (this.closed) return true;
    for (const name of [standard.exit, standard.time]) this.known.delete(name); // both are sent again at the end
    this.put(standard.exit, exit);
    if (request && standard.request) this.put(standard.request, request);
    const saved = this.save();
    const ended = this.call(standard.calls[1], "") === "true";
    this.closed = true;
    return saved && ended;
  }
}

// No LMS: the same verbs over localStorage, which holds the suspend data alone.
class Alone {
  constructor(course, refused = false) {
    Object.assign(this, { key: `courseware:${course}`, refused, local: true, mode: "normal", kept: true, suspended: "" });
    try {
      this.suspended = window.localStorage.getItem(this.key) || "";
    } catch {
      this.kept = false;
    }
  }

  keep(text) {
    try {
      window.localStorage.setItem(this.key, text);
      this.kept = true;
    } catch {
      this.kept = false;
    }
  }

  get() { return ""; }

  save() { return this.kept; }

  close() { return this.kept; }
}

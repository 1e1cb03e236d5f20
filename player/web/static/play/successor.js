// A SCO that begins anew after it has terminated: a window opened again, or the next page of a SCO whose every page
// initializes and terminates.
import { addressOf, compile } from "./model.js";
import { Runtime } from "./runtime.js";
import { sum } from "./timespan.js";

/** The launch that such a SCO goes on from, as player/runtime/carry.py has it: everything except the values that say how it ended. */
export function reopened(table, runtime) {
  const model = compile(table);
  const standard = model.standards[runtime.standard];
  const { total_time: total, session_time: session, entry } = standard.roles;
  const launch = runtime.snapshot();
  const lasting = Object.entries(launch.values).filter(([name]) => !addressOf(model, standard, name)?.element.transient);
  const time = sum(table, runtime.standard, launch.values[total], launch.values[session]);
  return { ...launch, values: { ...Object.fromEntries(lasting), [total]: time, [entry]: "resume" }, state: "new" };
}

/**
 * What a document finds that looks for the API after another has ended: it answers as the ended one does, as the standard has
 * it, until it is told to initialize; then it is one of its own, and the ended one stays ended for whoever still holds that.
 */
export class Successor {
  #present;
  #begin;

  /** `begin` gives what goes on, or null where nothing may. */
  constructor(ended, begin) {
    this.#present = ended;
    this.#begin = begin;
  }

  get lastError() { return this.#present.lastError; }

  call(name, ...rest) {
    if (name === "Initialize" && rest[0] === "") this.#present = this.#begin?.() ?? this.#present;
    if (this.#present.initialized) this.#begin = null;
    return this.#present.call(name, ...rest);
  }

  getValue(name) { return this.#present.getValue(name); }

  setValue(name, value) { return this.#present.setValue(name, value); }
}

/** The run-time of the document that begins anew. */
export const reinitialized = (table, runtime, hooks) => new Runtime(table, reopened(table, runtime), hooks);

// The API instance that a SCO finds on this page: only its own standard's, because many SCOs take the first they see.
import { reinitialized, Successor } from "./successor.js";
import { api12, api2004 } from "./api.js";
import { Runtime } from "./runtime.js";

let present = null; // the API instance in place, with its run-time data

/**
 * Puts a fresh API in place. `record` gets every call that changed something, `terminated` whether the SCO left a
 * request behind, `commit` answers Commit, `valid` adl.nav.request_valid, `stays` whether one that has ended may begin anew.
 * `contacts` are those of the learner's school.
 */
export function openApi(table, launch, { record, terminated, commit, valid, stays, contacts }) {
  closeApi();
  const hooks = {
    applied(name, element, value, scarce) {
      if (name === "Commit") return commit();
      record(name === "SetValue" ? [name, element, value] : [name, ""], scarce);
      if (name === "Terminate") terminated(asks(present.runtime));
      return true;
    },
    valid,
  };
  const [name, handle] = launch.standard === "1.2" ? ["API", api12] : ["API_1484_11", api2004];
  const shape = (runtime) => handle(runtime, contacts);
  const runtime = new Runtime(table, launch, hooks);
  const instance = { runtime, found: shape(runtime), ended: null };
  const begin = (ended) => {
    if (present !== instance || instance.runtime !== ended || !stays()) return null;
    record(["Reopen", ""]);
    instance.runtime = reinitialized(table, ended, hooks);
    return instance.runtime;
  };
  present = instance;
  Object.defineProperty(window, name, { configurable: true, enumerable: true, get: () => find(instance, shape, begin) });
}

/** One handle for each time that a SCO ends: a document that looks for the API then may begin anew, one that holds the old handle is
 * answered that it has ended. */
function find(instance, shape, begin) {
  const { runtime } = instance;
  if (runtime.terminated && instance.ended !== runtime) {
    instance.ended = runtime;
    instance.found = shape(new Successor(runtime, () => begin(runtime)));
  }
  return instance.found;
}

/** Takes the API away; a window that still holds it, such as one that the SCO opened, is answered that its session is over. */
export function closeApi() {
  if (present) present.runtime.state = "ended";
  present = null;
  delete window.API;
  delete window.API_1484_11;
}

/** The calls that restore a server that has lost all from this commit on: one for each value that the SCO has set. */
export function callsToRestore(number) {
  const { runtime } = present ?? {};
  if (!runtime || runtime.state === "new") return [];
  return [...(number === 1 ? [["Initialize", ""]] : []), ...runtime.settingCalls];
}

/** Whether a SCO that ended itself also asked for something: by a request, or by an exit that acts as one. */
function asks(runtime) {
  if (runtime.standard === "1.2") return false;
  const request = runtime.get("adl.nav.request") ?? "_none_";
  return request !== "_none_" || ["time-out", "logout"].includes(runtime.get("cmi.exit"));
}

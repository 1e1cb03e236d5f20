// The API that a SCO finds on this page: only its own standard's, since many SCOs take the first that they see.
import { reinitialized, Successor } from "./successor.js";
import { api12, api2004 } from "./api.js";
import { Runtime } from "./runtime.js";

let speaking = null; // what the present API answers from

/**
 * Puts a fresh API in place. `record` hears of every call that changed something, `terminated` whether the SCO left a
 * request behind, `commit` answers Commit, `valid` adl.nav.request_valid, `stays` whether one that has ended may begin anew.
 */
export function openApi(table, launch, { record, terminated, commit, valid, stays }) {
  closeApi();
  const hooks = {
    applied(name, element, value, scarce) {
      if (name === "Commit") return commit();
      record(name === "SetValue" ? [name, element, value] : [name, ""], scarce);
      if (name === "Terminate") terminated(asks(speaking.runtime));
      return true;
    },
    valid,
  };
  const [name, shape] = launch.standard === "1.2" ? ["API", api12] : ["API_1484_11", api2004];
  const runtime = new Runtime(table, launch, hooks);
  const spoken = { runtime, found: shape(runtime), ended: null };
  const begin = (ended) => {
    if (speaking !== spoken || spoken.runtime !== ended || !stays()) return null;
    record(["Reopen", ""]);
    spoken.runtime = reinitialized(table, ended, hooks);
    return spoken.runtime;
  };
  speaking = spoken;
  Object.defineProperty(window, name, { configurable: true, enumerable: true, get: () => find(spoken, shape, begin) });
}

/** One handle for each time that a SCO ends: who looks anew may begin anew, who holds the old one hears that it has ended. */
function find(spoken, shape, begin) {
  const { runtime } = spoken;
  if (runtime.terminated && spoken.ended !== runtime) {
    spoken.ended = runtime;
    spoken.found = shape(new Successor(runtime, () => begin(runtime)));
  }
  return spoken.found;
}

/** Who still holds the API of a SCO that has gone, such as a window that it opened, is told that its session is over. */
export function closeApi() {
  if (speaking) speaking.runtime.state = "ended";
  speaking = null;
  delete window.API;
  delete window.API_1484_11;
}

/** What a server is told again that has lost all from this commit on: whatever the SCO has set and that still holds. */
export function said(number) {
  const { runtime } = speaking ?? {};
  if (!runtime || runtime.state === "new") return [];
  return [...(number === 1 ? [["Initialize", ""]] : []), ...runtime.said];
}

/** Whether a SCO that ended itself also asked for something: by a request, or by an exit that acts as one. */
function asks(runtime) {
  if (runtime.standard === "1.2") return false;
  const request = runtime.get("adl.nav.request") ?? "_none_";
  return request !== "_none_" || ["time-out", "logout"].includes(runtime.get("cmi.exit"));
}

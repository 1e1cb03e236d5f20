// The API that a SCO finds on this page: only its own standard's, since many SCOs take the first that they see.
import { api12, api2004, Runtime } from "./runtime.js";

let speaking = null; // what the present API answers from
const VALID = /^adl\.nav\.request_valid\.(?:(choice|jump)\.\{target=(.*)\}|(.*))$/s;

/**
 * Puts a fresh API in place. `record` hears of every call that changed something, `terminated` whether the SCO left a
 * request behind, `commit` answers Commit, `valid` a request's validity.
 */
export function openApi(table, launch, { record, terminated, commit, valid }) {
  closeApi();
  const runtime = new Runtime(table, launch, {
    applied(name, element, value) {
      if (name === "Commit") return commit();
      record(name === "SetValue" ? [name, element, value] : [name, ""]);
      if (name === "Terminate") terminated(asks(runtime));
      return true;
    },
    valid(element) {
      const [, targeted, target, plain] = VALID.exec(element) ?? [];
      return valid(targeted ?? plain, target);
    },
  });
  speaking = runtime;
  if (launch.standard === "1.2") window.API = api12(runtime);
  else window.API_1484_11 = api2004(runtime);
}

/** Who still holds the API of a SCO that has gone, such as a window that it opened, is told that its session is over. */
export function closeApi() {
  if (speaking) speaking.state = "ended";
  speaking = null;
  delete window.API;
  delete window.API_1484_11;
}

/** Whether a SCO that ended itself also asked for something: by a request, or by an exit that acts as one. */
function asks(runtime) {
  if (runtime.standard === "1.2") return false;
  const request = runtime.get("adl.nav.request") ?? "_none_";
  return request !== "_none_" || ["time-out", "logout"].includes(runtime.get("cmi.exit"));
}

// Firefox ends a process with its last page, in the middle of what that page's SCO says as it goes: not while a worker runs there.

/** The worker is this file, which does nothing by itself. */
export function keepProcess() {
  try {
    new SharedWorker(import.meta.url, { type: "module" });
  } catch {
    // an old browser, a phone, a frame that is given no storage
  }
}

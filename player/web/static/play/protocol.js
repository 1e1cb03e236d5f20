// The play protocol over HTTP (docs/decisions/0003): the meaning of each response, and when a request is given up.
import { ascii } from "./journal.js";

export const KEEPALIVE = 64 * 1024 - 512; // a keepalive request carries at most 64 KiB, ours and others' in flight together
const PATIENCE = 30_000;

/** An answer, or what came instead: `offline`, `failed`, `gap`, `gone`, `refused`, `long`. */
export async function post(url, body, { keepalive = false, fetch = globalThis.fetch } = {}) {
  const signal = lapse(PATIENCE + body.length / 10);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
      keepalive,
      credentials: "omit",
      cache: "no-store",
      signal,
    });
    return reading(response.status, await bodyOf(response));
  } catch {
    return { kind: signal.aborted ? "failed" : "offline" };
  }
}

/** A signal that comes after so many milliseconds; `AbortSignal.timeout` is missing on iPads that stay with iOS 15. */
export function lapse(milliseconds) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}

async function bodyOf(response) {
  const text = await response.text();
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {}; // a proxy's page, not an answer of our server
  }
}

function reading(status, answer) {
  if (status === 413) return { kind: "long" }; // said by our server, or by a proxy before it
  const ours = Object.keys(answer).length > 0;
  if (!ours) return { kind: "failed" };
  if (status === 200) return { kind: "answer", answer };
  if (status === 409 && Number.isInteger(answer.wanted)) return { kind: "gap", wanted: answer.wanted };
  if ((status === 404 || status === 410) && answer.error) return { kind: "gone", sentence: answer.error };
  if (status === 400 && answer.error) return { kind: "refused", sentence: answer.error };
  return { kind: "failed" };
}

/** `view` is the mark of the contents and controls that the page shows: the answer leaves them out while they hold. */
export const commitBody = ({ session, number, calls }, view) => ascii({ session, number, calls, view });

/** How long to wait before asking again: 1, 2, 4, 8, 15 seconds, a little apart so that a class does not knock at once. */
export function wait(failures, random = Math.random) {
  return Math.min(15_000, 1000 * 2 ** (failures - 1)) * (0.8 + 0.4 * random());
}

/** A name that nobody else has; `crypto.randomUUID` is missing on plain http. */
export function unguessable() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// adl.nav.request_valid, looked up in what the server last judged.

const NAME = /^adl\.nav\.request_valid\.(\w+)(?:\.\{target=(.*)\})?$/s;

/** As courseware/package/manifest.py compares identifiers. */
const normalised = (identifier) => identifier.replaceAll("%20", " ").trim().replaceAll(/\s+/g, " ");

/** "true" or "false"; a target that no activity has is no valid request (NB.2.1-11), and nothing judged is "unknown". */
export function validity(judged, element) {
  const [, request, target] = NAME.exec(element);
  const found = judged?.[request] ?? "unknown";
  if (target === undefined || found === "unknown") return found;
  return Object.hasOwn(found, normalised(target)) ? found[normalised(target)] : "false";
}

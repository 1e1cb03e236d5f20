// The focus and the history: where a screen reader begins, and what the browser's "back" does.

import { one } from "./elements.js";

// At the launch too where a player has given the course its room; in another LMS's page somebody may be reading already.
// The browser's own move to the fragment, as the page has loaded, takes the focus away.
function whenLoaded(focus) {
  const calmly = () => setTimeout(() => document.activeElement === document.body && focus(), 0);
  if (document.readyState === "complete") calmly();
  else window.addEventListener("load", calmly, { once: true });
}

// The target gets the focus, so that a screen reader begins there.
export function arriveAt(target, screen, how) {
  const heading = target === screen ? one("h1", screen) : one("h2, [role=heading]", target) || target;
  if (!heading.hasAttribute("tabindex") && !heading.matches("a, button, summary")) heading.tabIndex = -1;
  if (!how.first) heading.focus({ preventScroll: true });
  else if (document.body.dataset.bar) whenLoaded(() => heading.focus({ preventScroll: true }));
  if (target === screen) window.scrollTo(0, 0);
  else target.scrollIntoView({ block: target.matches(".page, .question, .ending") ? "start" : "center" });
}

export function noteAddress(anchor, replace) {
  try {
    if (replace) window.history.replaceState(null, "", `#${anchor}`);
    else if (window.location.hash !== `#${anchor}`) window.history.pushState(null, "", `#${anchor}`);
  } catch { /* some LMSs show the course in a document without an address */ }
}

export const addressed = () => decodeURIComponent(window.location.hash.slice(1));

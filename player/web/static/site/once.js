// A form is sent once. A second click would send it again, and its answer, "Nothing has been saved yet", would be
// shown in place of the first one's.

const PATIENCE = 10_000; // after which a form can be sent again: its connection may have been cut
const sent = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "download" in form.dataset) return;
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  setTimeout(() => sent.delete(form), PATIENCE);
});

// The button Back brings a page as it was left.
window.addEventListener("pageshow", () => sent.clear());

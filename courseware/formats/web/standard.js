// A website has no LMS: the course looks for none, and keeps what a learner does in the browser.

import { one } from "../../static/elements.js";

export const standard = {
  object: "",
  calls: [],
  left: "",
  standing: () => ({ status: "", progress: 0, percent: 0, passed: false }),

  // The first page of a website says where it keeps things, and prints all lessons.
  show(word) {
    one("[data-kept]").textContent = word("website");
    one("[data-whole-course]").hidden = false;
    one("[data-print-all]").addEventListener("click", printAll);
  },
};

// And then the screen as it was.
function printAll() {
  document.body.dataset.whole = "";
  window.addEventListener("afterprint", () => { delete document.body.dataset.whole; }, { once: true });
  window.print();
}

// Find in: places in a picture, chosen there or in the list below it, and judged like the options of choose all.

import { all, setAttributes } from "../static/elements.js";
import { kinds } from "../static/kinds.js";
import { choose } from "./choose.js";

kinds["find in"] = {
  ...choose,
  arrange: undefined, // a place keeps its number

  listen(form) {
    for (const event of ["change", "focusin", "focusout"]) form.addEventListener(event, () => drawPins(form));
  },

  fill(form, question, given) {
    choose.fill(form, question, given);
    drawPins(form);
  },

  mark(form, ...marked) {
    choose.mark(form, ...marked);
    drawPins(form);
  },
};

// A pin is a second label of its place's box in the list, and shows what that shows.
function drawPins(form) {
  for (const pin of all("[data-pin]", form)) {
    const box = pin.control;
    setAttributes(pin, {
      "data-chosen": box.checked,
      "data-focused": box.matches(":focus-visible"),
      "data-state": box.closest(".option").dataset.state || false,
    });
  }
}

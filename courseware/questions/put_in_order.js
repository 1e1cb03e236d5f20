// Put in order: buttons move an item up or down; the answer is the letters in the learner's order, empty until one was moved.

import { all, one } from "../static/elements.js";
import { kinds } from "../static/kinds.js";
import { markOption } from "../static/question_form.js";
import { toldOfParts } from "./several_parts.js";

const itemsOf = (form) => all("[data-letter]", form);

const putInOrder = {
  listen(form, question, word) {
    for (const button of all("[data-move]", form)) {
      button.addEventListener("click", () => move(form, button.closest("li"), Number(button.dataset.move), word));
    }
  },

  read: (form) => ("moved" in form.dataset ? itemsOf(form).map((item) => item.dataset.letter) : []),

  fill(form, { start }, given) {
    const order = given.length ? given : start;
    one(".options", form).append(...order.map((letter) => one(`[data-letter="${letter}"]`, form)));
    form.toggleAttribute("data-moved", given.length > 0);
  },

  isWhole: ({ letters }, given) => given.length === letters.length,

  counts({ letters }, given) {
    const right = given.filter((letter, at) => letters[at] === letter).length;
    return { right, wrong: given.length - right, of: letters.length };
  },

  pack: (question, given) => given.join(""),
  unpack: ({ letters }, text) => ([...text].sort().join("") === letters ? [...text] : []),

  mark(form, { letters }, given, shown, word) {
    itemsOf(form).forEach((item, at) => {
      const right = letters.indexOf(item.dataset.letter);
      const good = right === at;
      const verdict = word(good ? "your answer right" : "your answer not quite");
      markOption(item, good ? "right" : "wrong", shown && !good ? `${verdict}. ${word("right place", { number: right + 1 })}` : verdict);
    });
  },

  told: (form, question, given, shown, word) => toldOfParts(putInOrder.counts(question, given), shown, word),

  interactions: ({ letters }, given, standard) => [
    { type: "sequencing", patterns: [standard.list([...letters])], response: standard.list(given) },
  ],
};

// The other item goes around this one, which so keeps the focus.
function move(form, item, by, word) {
  const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (by < 0) item.after(other);
  else item.before(other);
  form.dataset.moved = "";
  const items = itemsOf(form);
  one("[data-moved]", form).textContent = word("moved to", { number: items.indexOf(item) + 1, total: items.length });
  form.dispatchEvent(new Event("change"));
}

kinds["put in order"] = putInOrder;

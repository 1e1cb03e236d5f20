// Rate: chosen like one of several options; nothing is right or wrong.

import { all, one } from "../static/elements.js";
import { kinds } from "../static/kinds.js";
import { markOption } from "../static/question_form.js";
import { choose } from "./choose.js";

kinds.rate = {
  ...choose,
  unscored: true,
  arrange: undefined, // a scale has an order
  counts: () => ({ right: 1, wrong: 0, of: 1 }),

  mark(form, question, given) {
    for (const option of all(".option", form)) markOption(option, given.includes(one("input", option).value) ? "chosen" : "other", "");
  },

  told: (form, question, given, shown, word) => ({ lead: word("thank you"), head: [], body: [] }),

  interactions: (question, given) => [{ type: "likert", patterns: [], response: given[0] }],
};

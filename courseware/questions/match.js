// Match: each item has a list of targets; the answer is a target's letter for each item, or nothing.

import { all, one } from "../static/elements.js";
import { kinds } from "../static/kinds.js";
import { text36 } from "../static/packing.js";
import { markOption } from "../static/question_form.js";
import { toldOfParts } from "./several_parts.js";

const lists = (form) => all("select", form);
const wordsOf = (list, letter) => one(`[value="${letter}"]`, list).textContent;

const match = {
  read: (form) => lists(form).map((list) => list.value),

  fill(form, question, given) {
    lists(form).forEach((list, at) => { list.value = given[at] || ""; });
  },

  isWhole: ({ right }, given) => right.every((_, at) => given[at]),

  counts({ right }, given) {
    const found = right.filter((letter, at) => given[at] === letter).length;
    return { right: found, wrong: right.filter((letter, at) => given[at] && given[at] !== letter).length, of: right.length };
  },

  // A digit for each item: 0, or the target's position from 1.
  pack: ({ right, targets }, given) => (given.length
    ? right.map((_, at) => (given[at] ? text36(targets.indexOf(given[at]) + 1) : "0")).join("") : ""),
  unpack: ({ targets }, text) => [...text].map((digit) => targets[parseInt(digit, 36) - 1] || ""),

  mark(form, { right }, given, shown, word) {
    all(".option", form).forEach((row, at) => {
      const good = given[at] === right[at];
      const list = one("select", row);
      const rightWords = word("right answer is", { answer: wordsOf(list, right[at]) });
      const verdict = word(good ? "your answer right" : "your answer not quite");
      if (given[at]) markOption(row, good ? "right" : "wrong", shown && !good ? `${verdict}. ${rightWords}` : verdict);
      else if (shown) markOption(row, "answer", rightWords);
    });
  },

  told: (form, question, given, shown, word) => toldOfParts(match.counts(question, given), shown, word),

  interactions({ letters, right }, given, standard) {
    const pairs = (targets) => standard.pairs([...letters].map((letter, at) => [letter, targets[at]]));
    return [{ type: "matching", patterns: [pairs(right)], response: pairs(given) }];
  },
};

kinds.match = match;

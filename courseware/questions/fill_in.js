// Fill in: a text for each gap. Capitals, spaces and marks around it do not count.

import { all } from "../static/elements.js";
import { kinds } from "../static/kinds.js";
import { markOption } from "../static/question_form.js";
import { packText, unpackText } from "./packing_text.js";
import { toldOfParts } from "./several_parts.js";

const AROUND = /^[\s.,;:!?"'“”‘’]+|[\s.,;:!?"'“”‘’]+$/g;
const MOST_PATTERNS = 10;

const gapsOf = (form) => all(".gap input", form);
const normalText = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").replace(/’/g, "'").replace(AROUND, "");
const fits = (alternatives, text) => alternatives.some((words) => normalText(words) === normalText(text));
// Delimiters of the standard's own are no part of an answer.
const undelimited = (text) => text.replace(/\[[,.:]\]/g, " ").replace(/^\{/, "(").slice(0, 250);

const fillIn = {
  listen(form, { lengths }) {
    gapsOf(form).forEach((input, at) => {
      input.maxLength = lengths[at];
      input.size = Math.min(24, lengths[at]);
    });
  },

  read: (form) => gapsOf(form).map((input) => input.value.trim()),

  fill(form, question, given) {
    gapsOf(form).forEach((input, at) => { input.value = given[at] || ""; });
  },

  isWhole: ({ right }, given) => right.every((_, at) => given[at]),

  counts({ right }, given) {
    const found = right.filter((alternatives, at) => fits(alternatives, given[at] || "")).length;
    return { right: found, wrong: given.filter(Boolean).length - found, of: right.length };
  },

  pack: (question, given) => (given.some(Boolean) ? packText(given.join("\n")) : ""),
  unpack: (question, text) => (text ? unpackText(text).split("\n") : []),

  mark(form, { right }, given, shown, word) {
    all(".gap", form).forEach((gap, at) => {
      const good = fits(right[at], given[at] || "");
      const verdict = word(good ? "your answer right" : "your answer not quite");
      const answer = word("right answer is", { answer: right[at][0] });
      markOption(gap, good ? "right" : "wrong", shown && !good ? `${verdict}. ${answer}` : verdict);
    });
  },

  told: (form, question, given, shown, word) => toldOfParts(fillIn.counts(question, given), shown, word),

  // SCORM 1.2 has one text in an interaction: there each gap is a part with its own result, unless the question has
  // partial credit, which a part could not say.
  interactions({ right, partial }, given, standard) {
    const texts = given.map(undelimited);
    if (!standard.manyTexts) {
      return right.map((alternatives, at) => ({
        type: "fill-in", patterns: alternatives.slice(0, MOST_PATTERNS), response: texts[at],
        ...(partial ? {} : { result: fits(alternatives, given[at]) ? "correct" : "incorrect" }),
      }));
    }
    const patterns = right.length > 1 ? [right.map(([words]) => words)] : right[0].slice(0, MOST_PATTERNS).map((words) => [words]);
    return [{ type: "fill-in", patterns: patterns.map((words) => `{case_matters=false}${standard.list(words)}`), response: standard.list(texts) }];
  },
};

kinds["fill in"] = fillIn;

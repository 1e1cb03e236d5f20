// A number: the answer is what was typed, read with a point or a comma; 1,000 is a thousand, as in English.

import { one } from "../static/elements.js";
import { kinds } from "../static/kinds.js";
import { markOption } from "../static/question_form.js";

const IN_THOUSANDS = /^[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.|$)/;

const numberIn = (text) => {
  const typed = (text || "").replace(/[\s£$€%]/g, "").replace("−", "-");
  const plain = IN_THOUSANDS.test(typed) ? typed.replace(/,/g, "") : typed.replace(",", ".");
  return /^[-+]?[0-9]+(\.[0-9]*)?$|^[-+]?\.[0-9]+$/.test(plain) ? Number(plain) : NaN;
};

const number = {
  read: (form) => [one(".entry input", form).value.trim()].filter(Boolean),

  fill(form, question, [text]) {
    one(".entry input", form).value = text || "";
  },

  isWhole: (question, [text]) => !Number.isNaN(numberIn(text)),

  counts({ right: [least, , most] }, [text]) {
    const good = numberIn(text) >= Number(least) && numberIn(text) <= Number(most);
    return { right: Number(good), wrong: Number(!good), of: 1 };
  },

  pack: (question, [text]) => (Number.isNaN(numberIn(text)) ? "" : String(numberIn(text)).replace("+", "").replace(".", "_").slice(0, 16)),
  unpack: (question, text) => (text ? [text.replace("_", ".")] : []),

  mark(form, question, given, shown, word) {
    const good = number.counts(question, given).right === 1;
    const verdict = given.length ? word(good ? "your answer right" : "your answer not quite") : "";
    const answer = shown && !good ? word("right answer is", { answer: question.right[1] }) : "";
    markOption(one(".entry", form), good ? "right" : given.length ? "wrong" : "answer", [verdict, answer].filter(Boolean).join(". "));
  },

  told: (form, question, given, shown, word) => ({ lead: shown ? word("the answer") : "", head: [], body: [] }),

  interactions: ({ right: [least, exactly, most] }, [text], standard) => [
    { type: "numeric", patterns: [standard.range(least, most) || exactly], response: String(numberIn(text)) },
  ],
};

kinds.number = number;

// Write: a text of the learner's own, which is kept; nothing is right or wrong. Its length is counted in bytes of UTF-8.

import { one } from "../static/elements.js";
import { kinds } from "../static/kinds.js";
import { markOption } from "../static/question_form.js";
import { packText, unpackText } from "./packing_text.js";

const fieldOf = (form) => one("textarea", form);
const bytesIn = (text) => new TextEncoder().encode(text).length;

function cut(text, most) {
  const letters = [...text];
  while (bytesIn(letters.join("")) > most) letters.pop();
  return letters.join("");
}

function count(form, { most }, word) {
  const field = fieldOf(form);
  if (bytesIn(field.value) > most) field.value = cut(field.value, most);
  one("[data-characters]", form).textContent = word.counted("characters left", most - bytesIn(field.value));
}

kinds.write = {
  unscored: true,

  listen(form, question, word) {
    fieldOf(form).addEventListener("input", () => count(form, question, word));
    count(form, question, word);
  },

  read: (form) => [fieldOf(form).value.trim()].filter(Boolean),

  fill(form, question, [text]) {
    fieldOf(form).value = text || "";
  },

  isWhole: (question, [text]) => Boolean(text),
  counts: () => ({ right: 1, wrong: 0, of: 1 }),
  pack: ({ most }, [text]) => (text ? packText(cut(text, most)) : ""),
  unpack: (question, text) => [unpackText(text)].filter(Boolean),

  mark: (form) => markOption(one(".entry", form), "chosen", ""),

  told: (form, question, given, shown, word) => ({ lead: word("kept for you"), head: [], body: [] }),

  // In parts where one interaction cannot hold it (255 characters in SCORM 1.2).
  interactions(question, [text], { longText, longest }) {
    const said = text.replace(/\s+/g, " ").replace(/^\{/, "(");
    const number = Math.max(1, Math.ceil(said.length / longest));
    return Array.from({ length: number }, (_, at) => ({
      type: longText, patterns: [], response: said.slice(at * Math.min(longest, said.length), (at + 1) * Math.min(longest, said.length)),
    }));
  },
};

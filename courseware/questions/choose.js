// Choose one, choose all: the answer is a list of letters, in the order of the source.

import { all, make, one } from "../static/elements.js";
import { isRight, kinds } from "../static/kinds.js";
import { maskOf, number36, positionsIn, text36 } from "../static/packing.js";
import { markOption } from "../static/question_form.js";

const VERDICTS = { right: "your answer right", wrong: "your answer not quite", answer: "right answer" };

const optionOf = (form, letter) => one(`.option:has([value="${letter}"])`, form);

export const choose = {
  read: (form) => all("input:checked", form).map((input) => input.value).sort(),

  fill(form, question, given) {
    for (const input of all(".asked input", form)) input.checked = given.includes(input.value);
  },

  arrange(form, letters) {
    const options = letters.map((letter) => optionOf(form, letter));
    one(".options", form).append(...options);
  },

  isWhole: (question, given) => given.length > 0,

  counts({ right }, given) {
    const found = given.filter((letter) => right.includes(letter)).length;
    return { right: found, wrong: given.length - found, of: right.length };
  },

  pack: ({ letters }, given) => text36(maskOf(given.map((letter) => letters.indexOf(letter)))),
  unpack: ({ letters }, text) => positionsIn(number36(text)).map((at) => letters[at]).filter(Boolean),

  // Marks the chosen options as right or not, and all right options where the answer is shown.
  mark(form, { right }, given, shown, word) {
    for (const option of all(".option", form)) {
      const letter = one("input", option).value;
      const isIn = right.includes(letter);
      const state = given.includes(letter) ? (isIn ? "right" : "wrong") : shown && isIn ? "answer" : "other";
      markOption(option, state, VERDICTS[state] ? word(VERDICTS[state]) : "");
    }
  },

  told(form, question, given, shown, word) {
    const letters = shown ? question.right : given;
    const told = letters.map((letter) => reasonOf(optionOf(form, letter)));
    const lead = shown ? word(question.one ? "the answer" : "the answers") : "";
    const general = shown ? "" : generalHead(question, given, word);
    if (told.length === 1 && !shown) return { lead, head: [...told[0].head, " ", general], body: [told[0].body] };
    return { lead, head: [general], body: told.filter((reason) => reason.some).map(underItsOption) };
  },

  interactions: ({ right }, given, standard) => [
    { type: "choice", patterns: [standard.set(right)], response: standard.list(given) },
  ],
};

// The author's reason for an option; its first sentence is the head.
function reasonOf(option) {
  const template = one("template", option);
  const body = template ? template.content.cloneNode(true) : document.createDocumentFragment();
  const head = one(".head", body);
  if (head) head.remove();
  const said = one(".said", option).cloneNode(true);
  one(".verdict", said).remove();
  return { head: head ? [...head.childNodes] : [], body, of: said.textContent.trim(), some: Boolean(template) };
}

function generalHead(question, given, word) {
  if (question.one) return "";
  if (isRight(question, given)) return word(given.length === 1 ? "one found" : "all found");
  const { wrong } = choose.counts(question, given);
  if (!wrong) return word("not all found");
  return wrong === 1 ? word("one too many") : word("some too many", { n: wrong });
}

function underItsOption(reason) {
  const part = make("div", { class: "reason" }, make("p", {}, make("strong", {}, reason.of)));
  const first = reason.body.firstElementChild;
  if (first && first.matches("p")) first.prepend(...reason.head, " ");
  else if (reason.head.length) part.append(make("p", {}, ...reason.head));
  part.append(reason.body);
  return part;
}

kinds["choose one"] = choose;
kinds["choose all"] = choose;

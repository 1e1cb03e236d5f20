// A question in the document: what is answered, its marks, what is said of it. The parts that differ are its kind's.

import { all, glyph, make, one } from "./elements.js";
import { isRight, kindOf } from "./kinds.js";

export class QuestionForm {
  constructor(form, question, word) {
    Object.assign(this, { form, question, word, kind: kindOf(question) });
    question.text = textOf(one(".ask", form));
    this.kind.listen?.(form, question, word);
  }

  read() {
    return this.kind.read(this.form, this.question);
  }

  fill(given) {
    this.kind.fill(this.form, this.question, given);
  }

  // Marks each part of the answer as right or not; with `shown` the right answer too.
  mark(given, shown) {
    this.form.dataset.answered = "";
    this.setDisabled(!this.kind.unscored);
    this.kind.mark(this.form, this.question, given, shown, this.word);
  }

  unmark() {
    const area = one(".feedback", this.form);
    delete this.form.dataset.answered;
    delete area.dataset.state;
    area.replaceChildren();
    this.setDisabled(false);
    for (const option of all(".option", this.form)) markOption(option, "", "");
  }

  setDisabled(disabled) {
    for (const control of all(".asked :is(input, select, textarea, button)", this.form)) control.disabled = disabled;
  }

  // Feedback on the answer; with `shown`, on the right one.
  tell(given, shown) {
    const { form, question, word } = this;
    const area = one(".feedback", form);
    const good = isRight(question, given);
    const { lead, head, body } = this.kind.told(form, question, given, shown, word);
    const [because, back] = ["because", "reread"].map((name) => one(`template[data-${name}]`, form));
    area.dataset.state = shown || good ? "right" : "wrong";
    area.replaceChildren(
      make("p", { class: "head" }, lead || word(good ? "right head" : "wrong head"), " ", ...head), ...body,
      ...(because ? [because.content.cloneNode(true)] : []),
      ...(back && !good ? [back.content.cloneNode(true)] : []),
    );
  }
}

// The words of a question, without its sources.
function textOf(ask) {
  if (ask.dataset.text) return ask.dataset.text;
  const copy = ask.cloneNode(true);
  for (const cited of all(".cite", copy)) cited.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

// An option or a row of the answer: "right", "wrong", "answer" (right, and not given) or nothing, with words for it.
export function markOption(option, state, verdict) {
  if (state) option.dataset.state = state;
  else delete option.dataset.state;
  one(".verdict", option).textContent = verdict;
  one(".mark", option).replaceChildren(...(verdict ? [glyph(state === "wrong" ? "again" : "disc")] : []));
}

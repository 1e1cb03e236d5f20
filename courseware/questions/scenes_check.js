// A scenario in a lesson: its button leads to the next scene, and after an end to another try.

import { all } from "../static/elements.js";
import { Check } from "../static/check.js";
import { kinds } from "../static/kinds.js";
import { lastOf, wayOf } from "./scenes.js";

kinds.scenes.Check = class extends Check {
  draw() {
    super.draw();
    if (!this.answer.checked) this.submit.textContent = this.word("choose it");
    this.reveal.hidden = !this.answer.given.length;
  }

  judge() {
    const given = this.view.read();
    if (given.length && lastOf(this.question, given).leads) {
      this.answer.given = given;
      this.draw();
      this.remember();
    } else super.judge();
    if (given.length) this.enter();
  }

  // From the scene that its end names, unless from the first one.
  again(given = this.upTo(lastOf(this.question, this.answer.given).again)) {
    super.again(given);
    this.enter();
  }

  upTo(scene) {
    const { given } = this.answer;
    return given.slice(0, Math.max(0, wayOf(this.question, given).indexOf(scene)));
  }

  // Nothing is shown; it begins anew.
  showAnswer() {
    this.again([]);
  }

  enter() {
    all(".scene:not([hidden]) > .happens", this.form).pop().focus();
  }
};

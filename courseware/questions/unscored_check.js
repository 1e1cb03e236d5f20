// What is not scored is kept, and can be changed and kept again.

import { Check } from "../static/check.js";
import { kinds } from "../static/kinds.js";

class UnscoredCheck extends Check {
  draw() {
    super.draw();
    if (!this.answer.checked) this.submit.textContent = this.word("keep");
  }

  changed() {
    super.changed();
    if (!this.answer.checked) return;
    this.answer.checked = false;
    this.submit.textContent = this.word("keep");
  }
}

for (const kind of Object.values(kinds)) if (kind.unscored) kind.Check = UnscoredCheck;

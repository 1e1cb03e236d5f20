// The final questions, one after the other and scored at the end, and the result.
(function (our) {
  "use strict";

  const { all, one, make, glyph } = our;

  function begin(session, word, screens) {
    const { course, state } = session;
    const asked = course.assessment;
    const forms = all("#questions\\. .question");
    const section = document.getElementById("questions.");
    const seconds = asked.questions.map(() => 0);
    const refused = one("[data-unanswered]");
    const kept = one(".turning .kept");
    let at = 0;
    let since = performance.now();

    const keyOf = (index) => our.state.keyed(asked.questions[index], true);
    const chosen = (index) => (state.answers[keyOf(index)] || { chosen: [] }).chosen;
    const firstOpen = () => {
      const found = asked.questions.findIndex((_, index) => !chosen(index).length);
      return found < 0 ? forms.length - 1 : found;
    };
    const right = (index) => our.session.correct(asked.questions[index], chosen(index));

    function turn(to, focus) {
      seconds[at] += (performance.now() - since) / 1000;
      since = performance.now();
      at = Math.max(0, Math.min(forms.length - 1, to));
      forms.forEach((form, index) => form.toggleAttribute("data-now", index === at));
      one("[data-turn='-1']").hidden = at === 0;
      one("[data-turn='1']").hidden = at === forms.length - 1;
      refused.hidden = true;
      drawList();
      if (!focus) return;
      state.place = `.${at.toString(36)}`;
      session.remember(false); // the answer is saved already, and a commit can hold an LMS up
      one(".ask", forms[at]).focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }

    function drawList() {
      const last = at === forms.length - 1;
      const whole = asked.questions.every((_, index) => chosen(index).length > 0);
      const finish = one("[data-submit]");
      finish.hidden = !last && !whole;
      finish.classList.toggle("plain", !last);
      all("[data-to]").forEach((button, index) => {
        const done = chosen(index).length > 0;
        button.toggleAttribute("data-done", done);
        button.setAttribute("aria-label", `${word("question of", { number: index + 1, total: forms.length })}, ${word(done ? "answered" : "not answered")}`);
        if (index === at) button.setAttribute("aria-current", "step");
        else button.removeAttribute("aria-current");
      });
    }

    function changed(index) {
      const answer = state.answers[keyOf(index)] || { tries: 0, checked: false, shown: false };
      state.answers[keyOf(index)] = { ...answer, chosen: our.questions.chosenIn(forms[index]) };
      one(".refused", forms[index]).hidden = true;
      refused.hidden = true;
      session.remember(true);
      kept.replaceChildren(...our.questions.savedMark(session, word));
      drawList();
      screens.progress();
    }

    function start() {
      if (!session.open()) return;
      if (state.stage === 2) session.tryAgain();
      state.stage = 1;
      screens.comeBack("");
      reset();
      screens.show("questions.", { replace: false });
      turn(firstOpen(), true);
    }

    function reset() {
      section.removeAttribute("data-review");
      forms.forEach((form, index) => {
        our.questions.unmark(form);
        our.questions.choose(form, chosen(index));
      });
      kept.replaceChildren();
      seconds.fill(0);
      since = performance.now();
    }

    function submit() {
      const open = asked.questions.map((_, index) => index).filter((index) => !chosen(index).length);
      refused.hidden = open.length === 0;
      if (open.length) {
        one("span", refused).textContent = word("answer all", { list: word.list(open.map((index) => String(index + 1))) });
        return;
      }
      seconds[at] += (performance.now() - since) / 1000;
      session.submit(seconds);
      screens.show("results.");
    }

    // Every question with the learner's answer; right answers are shown only after a pass.
    function review() {
      section.setAttribute("data-review", "");
      forms.forEach((form, index) => {
        form.removeAttribute("data-now");
        our.questions.choose(form, chosen(index));
        our.questions.mark(form, asked.questions[index], chosen(index), session.passed(), word);
        our.questions.feedback(form, asked.questions[index], chosen(index), false, word);
      });
      screens.comeBack("results.", word("back to result"));
      screens.show("questions.");
    }

    function intro() {
      const locked = !session.open();
      const used = session.triesLeft() === 0 && !session.passed();
      const note = one("[data-locked]");
      note.hidden = !locked && !used;
      one("[data-questions]").hidden = locked || used;
      const begun = state.stage === 1;
      one("[data-questions] span").textContent = word(begun ? "continue with questions" : "start questions");
      const done = asked.questions.filter((_, index) => chosen(index).length).length;
      one("[data-so-far]").textContent = begun ? word("answered so far", { done, total: forms.length }) : "";
      if (used) note.textContent = word("tries used up");
      else if (locked) {
        note.replaceChildren(make("span", { class: "line" }, word("opens after all")), word("still to read"), " ");
        const left = course.lessons.filter((lesson) => !session.lessonRead(lesson));
        left.forEach((lesson, index) => note.append(
          make("a", { href: `#${lesson.id}` }, lesson.title), index < left.length - 1 ? ", " : ""));
      }
      one("[data-tries]").hidden = locked || used;
      if (asked.tries && state.tries) one("[data-tries]").textContent = word.counted("tries left", session.triesLeft());
    }

    forms.forEach((form, index) => {
      form.addEventListener("change", () => changed(index));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (index < forms.length - 1) turn(index + 1, true);
      });
    });
    one("[data-questions]").addEventListener("click", start);
    one("[data-submit]").addEventListener("click", submit);
    for (const button of all("[data-turn]")) button.addEventListener("click", () => turn(at + Number(button.dataset.turn), true));
    for (const button of all("[data-to]")) button.addEventListener("click", () => turn(Number(button.dataset.to), true));

    screens.entering["assessment."] = intro;
    screens.entering["questions."] = () => {
      if (section.hasAttribute("data-review")) return;
      turn(at, false);
    };
    screens.entering["results."] = () => our.result.draw(session, word, { chosen, right, review, start });
    reset();
    at = firstOpen();
    return {
      resume: (index) => {
        screens.show("questions.", { replace: true, first: true });
        turn(index, false);
      },
    };
  }

  our.assessment = { begin };
})(window.courseware);

// A question in the document: the choice, its marks, its feedback.
(function (our) {
  "use strict";

  const { all, one, make, glyph } = our;

  const chosenIn = (form) => all("input:checked", form).map((input) => input.value);

  function choose(form, letters) {
    for (const input of all("input", form)) input.checked = letters.includes(input.value);
  }

  // Marks the chosen options as right or not, and all right options where the answer is shown.
  function mark(form, question, chosen, shown, word) {
    form.dataset.answered = "";
    for (const option of all(".option", form)) {
      const input = one("input", option);
      const right = question.right.includes(input.value);
      const picked = chosen.includes(input.value);
      input.disabled = true;
      const state = picked ? (right ? "right" : "wrong") : shown && right ? "answer" : "other";
      option.dataset.state = state;
      const verdict = { right: "your answer right", wrong: "your answer not quite", answer: "right answer" }[state];
      one(".verdict", option).textContent = verdict ? word(verdict) : "";
      one(".mark", option).replaceChildren(...(verdict ? [glyph(state === "wrong" ? "again" : "disc")] : []));
    }
  }

  function unmark(form) {
    delete form.dataset.answered;
    one(".feedback", form).replaceChildren();
    delete one(".feedback", form).dataset.state;
    for (const option of all(".option", form)) {
      one("input", option).disabled = false;
      delete option.dataset.state;
      one(".verdict", option).textContent = "";
      one(".mark", option).replaceChildren();
    }
  }

  // The author's feedback for these letters; a single one has its first sentence as the head.
  function reasons(form, letters) {
    return letters.map((letter) => {
      const template = one(`input[value="${letter}"] ~ template`, form);
      const body = template ? template.content.cloneNode(true) : document.createDocumentFragment();
      const head = one(".head", body);
      if (head) head.remove();
      const said = one(`input[value="${letter}"] ~ .said`, form).cloneNode(true);
      one(".verdict", said).remove();
      return { head: head ? [...head.childNodes] : [], body, of: said.textContent.trim(), some: Boolean(template) };
    });
  }

  function generalHead(question, chosen, good, word) {
    if (good) return question.one ? "" : word("all found");
    const extra = chosen.filter((letter) => !question.right.includes(letter)).length;
    if (question.one) return "";
    if (!extra) return word("not all found");
    return extra === 1 ? word("one too many") : word("some too many", { n: extra });
  }

  function feedback(form, question, chosen, shown, word) {
    const area = one(".feedback", form);
    const good = our.session.correct(question, chosen);
    const lead = shown ? word(question.one ? "the answer" : "the answers") : word(good ? "right head" : "wrong head");
    const told = reasons(form, shown ? question.right : chosen);
    const head = make("p", { class: "head" }, lead, " ");
    const body = [];
    if (told.length === 1 && !shown) {
      head.append(...told[0].head, " ", generalHead(question, chosen, good, word));
      body.push(told[0].body);
    } else {
      if (!shown) head.append(generalHead(question, chosen, good, word));
      for (const reason of told) if (reason.some) body.push(several(reason));
    }
    area.dataset.state = shown || good ? "right" : "wrong";
    const back = one("template[data-reread]", form);
    area.replaceChildren(head, ...body, ...(back && !good ? [back.content.cloneNode(true)] : []));
  }

  function several(reason) {
    const part = make("div", { class: "reason" }, make("p", {}, make("strong", {}, reason.of)));
    const first = reason.body.firstElementChild;
    if (first && first.matches("p")) first.prepend(...reason.head, " ");
    else if (reason.head.length) part.append(make("p", {}, ...reason.head));
    part.append(reason.body);
    return part;
  }

  // A check in a lesson: practice, with feedback at once, never scored.
  function check(form, question, session, word, screens) {
    const key = our.state.keyed(question, false);
    const submit = one("[type=submit]", form);
    const reveal = one("[data-reveal]", form);
    const later = one("[data-later]", form);
    const refused = one(".refused", form);
    const kept = one(".kept", form);
    const answer = session.state.answers[key] || { chosen: [], tries: 0, checked: false, shown: false };
    let since = 0;

    // The button stays where the focus is, and says what it does next.
    function draw() {
      const good = answer.checked && our.session.correct(question, answer.chosen);
      const over = answer.shown || good;
      submit.textContent = word(over ? "go on" : answer.checked ? "try again" : "check");
      reveal.hidden = over || !answer.checked;
      later.hidden = answer.checked || answer.shown;
      unmark(form);
      choose(form, answer.chosen);
      if (!answer.checked && !answer.shown) return;
      mark(form, question, answer.chosen, answer.shown, word);
      feedback(form, question, answer.chosen, answer.shown && !good, word);
    }

    function remember() {
      session.state.answers[key] = answer;
      session.remember(true);
      kept.replaceChildren(...savedMark(session, word));
    }

    function judge() {
      answer.chosen = chosenIn(form);
      refused.hidden = answer.chosen.length > 0;
      if (!answer.chosen.length) {
        refused.scrollIntoView({ block: "nearest" }); // the options may have pushed it out of the window
        return;
      }
      const seconds = since ? (performance.now() - since) / 1000 : 0;
      const typed = one("input:focus", form); // it gets disabled, which would lose the focus
      answer.tries += 1;
      answer.checked = true;
      session.record(question, { chosen: answer.chosen, seconds }, 0);
      draw();
      if (typed) submit.focus({ preventScroll: true });
      remember();
    }

    function again() {
      Object.assign(answer, { chosen: [], checked: false });
      since = performance.now();
      kept.replaceChildren();
      draw();
      remember();
      one("input", form).focus();
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (answer.shown || (answer.checked && our.session.correct(question, answer.chosen))) goOn(form, screens);
      else if (answer.checked) again();
      else judge();
    });
    form.addEventListener("change", () => { refused.hidden = true; });
    reveal.addEventListener("click", () => {
      answer.shown = true;
      draw();
      remember();
      submit.focus();
    });
    later.addEventListener("click", (event) => {
      event.preventDefault();
      goOn(form, screens);
    });
    new IntersectionObserver((seen, observer) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      since = performance.now();
      observer.disconnect();
    }).observe(form);
    draw();
  }

  function savedMark(session, word) {
    if (session.looking || (session.lms.local && !session.lms.kept) || session.failing) return [];
    return [glyph("tick"), make("span", {}, word(session.lms.local ? "saved here" : "saved"))];
  }

  // On to what follows the question: the next block, page, or the lesson's end.
  function goOn(form, screens) {
    let next = form.nextElementSibling;
    if (next && next.matches("[data-end]")) next = null;
    if (!next) {
      const page = form.closest(".page");
      next = page.nextElementSibling;
    }
    if (!next.id) next.id = `${form.id}.next`;
    screens.show(next.id, { replace: true });
  }

  our.questions = { check, mark, unmark, feedback, choose, chosenIn, savedMark };
})(window.courseware);

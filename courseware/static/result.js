// The result: passed or not yet, pages to read again, and the next steps.
(function (our) {
  "use strict";

  const { one, make, glyph } = our;

  function draw(session, word, asked) {
    const { course, state } = session;
    const total = course.assessment.questions.length;
    const marks = course.assessment.questions.map((_, at) => asked.right(at));
    const raw = marks.filter(Boolean).length;
    const passedNow = raw >= course.assessment.pass;
    const screen = document.getElementById("results.");
    screen.toggleAttribute("data-passed", passedNow);
    screen.replaceChildren(
      opener(session, word, { raw, total, passedNow, marks }),
      make("div", { class: "facts" }, details(session, word, passedNow), ...rereads(session, word, marks, passedNow),
        actions(session, word, asked, rereadPlaces(course, marks)[0], passedNow)),
    );
    state.place = ".";
  }

  function opener(session, word, { raw, total, passedNow, marks }) {
    const { course, state } = session;
    const pass = course.assessment.pass;
    const result = (right) => word("result", { raw: right, total, percent: Math.floor((right * 100) / total) });
    const lede = [word(passedNow ? "passed lede" : "not passed lede", { result: result(raw), pass })];
    if (!passedNow && state.best >= pass) lede.push(word("passed before", { result: result(state.best) }));
    const list = marks.map((good, at) => make("li", { class: good ? "good" : "heed" },
      glyph(good ? "disc" : "again"), make("span", { "aria-hidden": "true" }, String(at + 1)),
      make("span", { class: "quietly" }, `${at + 1}: ${word(good ? "mark right" : "mark not quite")}`)));
    return make("header", { class: "opener" },
      make("p", { class: "numeral score", "aria-hidden": "true" }, String(raw), make("small", {}, word("of total", { total }))),
      make("p", { class: "eyebrow" }, word("result eyebrow", { course: course.title })),
      make("h1", { id: "results.h", tabindex: "-1" }, word(passedNow ? "passed" : "not passed")),
      make("p", { class: "lede" }, lede.join(" ")),
      make("ol", { class: "marks" }, ...list));
  }

  function details(session, word, passedNow) {
    const { course } = session;
    if (!passedNow) return "";
    const done = session.lessonsDone();
    const rows = [["lessons", word("lessons complete", { done, n: course.lessons.length })]];
    const { submitted, local, kept } = session.lms;
    const held = local ? kept : !session.failing && !session.looking;
    if (submitted && held) rows.unshift([local ? "saved here" : "recorded", when(course.language, submitted)]);
    if (course.edition) rows.push(["edition", course.edition]);
    return make("dl", { class: "row record" }, ...rows.flatMap(([key, value]) => [
      make("dt", {}, word(key)), make("dd", {}, value)]));
  }

  function when(language, date) {
    try {
      return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(date);
    } catch {
      return date.toLocaleString();
    }
  }

  // The places to read again, in the course's order, each with the questions that lead there.
  function rereadPlaces(course, marks) {
    const places = new Map();
    course.assessment.questions.forEach((question, at) => {
      if (marks[at] || !question.reread) return;
      const key = question.reread.join(".");
      places.set(key, [...(places.get(key) || []), at + 1]);
    });
    return [...places].map(([anchor, numbers]) => {
      const [id, page] = anchor.split(".");
      const lesson = course.lessons.findIndex((one_) => one_.id === id);
      return { anchor, numbers, lesson, page: Number(page), title: titleOf(anchor, course.lessons[lesson]) };
    }).sort((a, b) => a.lesson - b.lesson || a.page - b.page);
  }

  function titleOf(anchor, lesson) {
    const heading = one("h2", document.getElementById(anchor));
    return heading ? heading.textContent.trim() : lesson.title;
  }

  function rereads(session, word, marks, passedNow) {
    const places = rereadPlaces(session.course, marks);
    if (!places.length) return [];
    const tryNext = !passedNow && session.triesLeft() > 0;
    const heading = tryNext ? word("worth another look") : word.counted("look at again", places.length);
    const rows = places.map((place) => {
      const lesson = session.course.lessons[place.lesson];
      const minutes = Math.max(1, Math.round(lesson.minutes / lesson.pages));
      return make("li", {},
        make("span", {}, make("a", { href: `#${place.anchor}`, "data-comes-back": true }, place.title), make("small", {},
          word.counted("questions list", place.numbers.length, { list: word.list(place.numbers.map(String)), lesson: place.lesson + 1 }))),
        lesson.minutes ? make("small", {}, word("short minutes", { n: minutes })) : "");
    });
    return [make("h2", { class: "row" }, make("span", {}, heading)), make("ul", { class: "row again" }, ...rows)];
  }

  function button(text, plain, act) {
    const made = make("button", { type: "button", class: plain ? "plain button" : "button" }, text);
    made.addEventListener("click", act);
    return made;
  }

  function actions(session, word, asked, first, passedNow) {
    const left = session.triesLeft();
    const buttons = [];
    const notes = [];
    if (passedNow) {
      buttons.push(button(word("finish and leave"), false, () => session.leave(true)));
      buttons.push(button(word("see answers"), true, asked.review));
    } else {
      if (first) buttons.push(make("a", { class: "button", href: `#${first.anchor}`, "data-comes-back": true }, word("start with", { title: first.title })));
      if (left > 0) buttons.push(button(word("try again now"), Boolean(first), asked.start));
      else buttons.push(button(word("finish and leave"), Boolean(first), () => session.leave(true)));
      notes.push(left === Infinity ? word("tries not limited") : left ? word.counted("tries left", left) : word("tries used up"));
      if (left > 0) notes.push(word("best kept"));
    }
    return make("div", { class: "row closing" }, make("p", { class: "actions" }, ...buttons),
      notes.length ? make("p", { class: "small" }, notes.join(" ")) : "");
  }

  our.result = { draw };
})(window.courseware);

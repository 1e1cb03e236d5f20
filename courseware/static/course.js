// Starts the course: session, screens, then the place at which the learner left.
(function (our) {
  "use strict";

  const { all, one, make, glyph, words } = our;

  function start() {
    const course = JSON.parse(document.getElementById("course").textContent);
    const word = words(course);
    const session = our.session.begin(course, (good) => saved(good));
    const screens = our.screens.begin(session, word);
    const notice = one("[data-notice]");

    function saved(good) {
      const was = Boolean(session.failing);
      session.failing = !good && !session.lms.local;
      if (session.failing) notice.replaceChildren(glyph("heed"), make("span", {}, word("not saved")));
      else if (was) notice.replaceChildren(glyph("tick"), make("span", {}, word("saved")));
      notice.dataset.state = session.failing ? "failing" : "good";
      if (!session.failing && was) setTimeout(() => !session.failing && notice.replaceChildren(), 4000);
    }

    session.leave = (finished) => {
      const good = session.close(Boolean(finished));
      const done = session.lms.local ? "stopped done here" : "stopped done";
      one("[data-stopped]").textContent = !good ? word("stopped not saved")
        : finished && session.complete() ? word(done) : whereNext(session, word);
      // A session that has ended stores nothing more, so the LMS has to open the course again.
      one("[data-reload]").hidden = !session.lms.local;
      for (const dialog of all("dialog[open]")) dialog.close("left");
      screens.comeBack("");
      screens.show("stopped.", { quiet: true });
    };

    bar();
    contacts(word, session.lms.contacts);
    mode(session, word);
    for (const question of course.checks) {
      our.questions.check(document.getElementById(`q.${question.id}`), question, session, word, screens);
    }
    const assessment = course.assessment && our.assessment.begin(session, word, screens);
    entering(session, screens, word);
    for (const button of all("[data-finish]")) button.addEventListener("click", () => session.leave(true));
    for (const button of all("[data-leave]")) button.addEventListener("click", () => session.leave(false));
    one("[data-reload]").addEventListener("click", () => window.location.reload());
    // The browser's own command prints the LMS's page, with one screen of the frame that the course is in.
    for (const button of all("[data-print]")) button.addEventListener("click", () => window.print());
    leaving(session);
    resume(session, screens, assessment);
    session.remember(true);
    our.tools.lend(screens);
    document.body.dataset.ready = "";
  }

  // The progress, and the place at which the course opens next time.
  function whereNext({ course, state, lessonsDone }, word) {
    const asked = course.assessment && state.stage < 2 && state.place.startsWith(".");
    const next = asked ? { title: word("final questions"), minutes: course.assessment.minutes }
      : course.lessons.find(({ id }) => state.place.startsWith(`${id}.`));
    if (!next) return word("stopped lede");
    const progress = word.counted("progress", course.lessons.length, { done: lessonsDone() });
    return word("stopped at", { progress, title: next.title, minutes: word.counted("about minutes", next.minutes) });
  }

  // A player that shows title and contents itself asks for a shorter bar: ?bar=help, or the same in the frame's name.
  function bar() {
    const asked = new URLSearchParams(window.location.search).get("bar") || (/\bbar=(\w+)/.exec(window.name) || [])[1];
    if (asked === "help" || asked === "contents") document.body.dataset.bar = asked;
  }

  function mode(session, word) {
    const line = one("[data-mode]");
    const { lms } = session;
    const text = session.looking ? `${lms.mode} mode` : lms.refused ? "no platform" : lms.local && !lms.kept ? "no storage" : "";
    line.hidden = !text;
    if (text) line.textContent = word(text);
  }

  // The school's contacts (decision 15): the LMS's, where it has them for this learner's school, else those in contacts.js.
  function contacts(word, given) {
    const known = Object.assign(Object.create(null), given || window.courseContacts);
    for (const row of all("[data-contact]")) {
      const contact = written(known[row.dataset.contact]);
      if (!contact.name && !contact.phone && !contact.email) continue; // the row says already that it is missing
      const label = one("[data-name]", row).textContent;
      one("[data-name]", row).textContent = contact.name || label;
      one("[data-role]", row).textContent = [contact.name ? label : "", contact.note].filter(Boolean).join(" · ");
      one(".ways", row).replaceChildren(...ways(contact, contact.name || label, word));
    }
  }

  const written = (contact) => Object.fromEntries(["name", "phone", "email", "note"].map(
    (key) => [key, contact && typeof contact[key] === "string" ? contact[key].trim() : ""]));

  function ways(contact, name, word) {
    const found = [];
    const digits = (contact.phone || "").replace(/[^0-9+]/g, "");
    if (contact.phone) {
      const label = { "aria-label": word("contact call", { name, number: contact.phone }) };
      found.push(make("a", { href: `tel:${digits}`, ...label }, glyph("call"), make("span", {}, contact.phone)));
    }
    if (contact.email) {
      const label = { "aria-label": word("contact mail", { name }) };
      found.push(make("a", { href: `mailto:${contact.email}`, ...label }, make("span", {}, contact.email)));
    }
    return found;
  }

  function entering(session, screens, word) {
    const { course, state } = session;
    screens.entering["start."] = () => {
      const begun = Object.keys(state.read).length > 0 || state.stage > 0;
      const next = course.lessons.findIndex((lesson) => !session.lessonRead(lesson));
      const link = one("[data-begin]");
      const [anchor, text] = onward(course, state, next, begun, word);
      link.setAttribute("href", `#${anchor}`);
      one("span", link).textContent = text;
    };
    screens.entering["end."] = () => {
      const over = session.allRead();
      one("[data-end-title]").textContent = word(over ? "course end" : "course end not yet");
      one("[data-end-lede]").textContent = word(over ? "course end lede" : "course end still");
      for (const button of all("[data-finish]")) button.hidden = !over;
    };
  }

  function onward(course, state, next, begun, word) {
    if (next >= 0) {
      const lesson = course.lessons[next];
      return [lesson.id, begun ? word("continue with lesson", { number: next + 1 }) : word("start")];
    }
    if (!course.assessment) return [course.lessons[0].id, word("look again")];
    if (state.stage === 2) return ["results.", word("see result")];
    return ["assessment.", word("continue with questions")];
  }

  // Each way of closing a page fires another event. A page that comes back from the cache is loaded anew.
  function leaving(session) {
    window.addEventListener("pagehide", () => session.close());
    window.addEventListener("beforeunload", () => session.remember(false));
    window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
    window.addEventListener("online", () => session.failing && session.save());
    document.addEventListener("visibilitychange", () => document.hidden && session.remember(true));
    for (const kind of ["beforeprint", "afterprint"]) window.addEventListener(kind, () => unfold(kind === "beforeprint"));
  }

  function unfold(printing) {
    for (const fold of all("details.fold")) {
      if (printing && !fold.open) fold.dataset.folded = "";
      if (printing) fold.open = true;
      else if ("folded" in fold.dataset) fold.open = false;
      if (!printing) delete fold.dataset.folded;
    }
  }

  function resume(session, screens, assessment) {
    const { state, course } = session;
    const [id, page] = state.place.split(".");
    const lesson = course.lessons.find((one_) => one_.id === id);
    const how = { replace: true, first: true };
    const linked = session.lms.local && document.getElementById(window.location.hash.slice(1));
    if (linked && linked.closest(".lesson")) screens.show(linked.id, how);
    else if (lesson) {
      const at = Math.min(parseInt(page, 36) || 0, lesson.pages - 1);
      screens.show(at ? `${id}.${at}` : id, how);
    } else if (state.place && !id && assessment && state.stage === 2) screens.show("results.", how);
    else if (page && !id && assessment && state.stage === 1) assessment.resume(parseInt(page, 36) || 0);
    else if (state.place === "." && assessment) screens.show("assessment.", how);
    else screens.show("start.", how);
  }

  window.addEventListener("error", () => {
    if (document.body && !("ready" in document.body.dataset)) document.documentElement.classList.remove("js");
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})(window.courseware);

// The current screen, the progress, contents and help.
(function (our) {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);

  // The frame's texts, with the plural form that the language's rules choose.
  function words(course) {
    let rules;
    try { rules = new Intl.PluralRules(course.language); } catch { rules = new Intl.PluralRules("en"); }
    const fill = (text, blanks) => Object.entries(blanks)
      .reduce((whole, [name, value]) => whole.split(`{${name}}`).join(String(value)), text);
    const word = (key, blanks = {}) => fill(course.words[key] ?? key, blanks);
    word.counted = (key, n, blanks = {}) => {
      const form = `${key} ${rules.select(n)}`;
      const text = (course.words[form] ?? course.words[`${key} other`] ?? key).replace("{n} ", `${n}\u00a0`);
      return fill(text, { n, ...blanks });
    };
    word.list = (items) => (items.length < 2
      ? items.join("")
      : word("and", { list: items.slice(0, -1).join(", "), last: items[items.length - 1] }));
    return word;
  }

  const glyph = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "glyph");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#g-${name}`);
    svg.append(use);
    return svg;
  };

  // make("p", {class: "x"}, "text", node): an element; no HTML is ever parsed here.
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== ""));
    return element;
  }

  function begin(session, word) {
    const { course, state } = session;
    const spine = one("[data-spine]");
    const lessons = new Map(course.lessons.map((lesson, at) => [lesson.id, { ...lesson, number: at + 1 }]));
    const entering = {};
    let current = "";
    let returning = "";
    let pending = 0;

    function show(anchor, how = {}) {
      const target = document.getElementById(anchor) || document.getElementById("start.");
      const screen = target.closest("[data-screen]");
      if (!screen) return target.focus();
      if (isEarly(screen)) return show(state.stage === 2 ? "results." : "assessment.", { ...how, replace: true });
      const changed = screen.id !== current;
      if (changed) {
        for (const other of all("[data-screen]")) other.toggleAttribute("data-current", other === screen);
        document.body.dataset.at = screen.classList[1];
        current = screen.id;
        if (entering[current]) entering[current]();
        const name = one("h1", screen).textContent.trim();
        document.title = name === course.title ? name : `${name} · ${course.title}`;
      }
      for (let at = target; at !== screen; at = at.parentElement) if (at.matches("details")) at.open = true;
      if (!how.quiet && !(how.first && anchor === "start.")) note(anchor, how.replace);
      arrive(target, screen, changed, how);
      if (changed && !how.quiet) place(screen, anchor);
      wayBack();
      progress();
      watch();
      return undefined;
    }

    // An address or the browser's "back" must not open the questions too early, or a result before they are handed in.
    const isEarly = (screen) => (screen.id === "questions." && state.stage !== 1 && !("review" in screen.dataset))
      || (screen.id === "results." && state.stage < 2);

    // At the launch too where a player has given the course its room; in another LMS's page somebody may be reading already.
    // The browser's own move to the fragment, as the page has loaded, takes the focus away.
    function whenLoaded(focus) {
      const calmly = () => setTimeout(() => document.activeElement === document.body && focus(), 0);
      if (document.readyState === "complete") calmly();
      else window.addEventListener("load", calmly, { once: true });
    }

    // The target gets the focus, so that a screen reader begins there.
    function arrive(target, screen, changed, how) {
      const heading = target === screen ? one("h1", screen) : one("h2, [role=heading]", target) || target;
      if (!heading.hasAttribute("tabindex") && !heading.matches("a, button, summary")) heading.tabIndex = -1;
      if (!how.first) heading.focus({ preventScroll: true });
      else if (document.body.dataset.bar) whenLoaded(() => heading.focus({ preventScroll: true }));
      if (target === screen) window.scrollTo(0, 0);
      else target.scrollIntoView({ block: target.matches(".page, .question, .ending") ? "start" : "center" });
    }

    function note(anchor, replace) {
      try {
        if (replace) window.history.replaceState(null, "", `#${anchor}`);
        else if (window.location.hash !== `#${anchor}`) window.history.pushState(null, "", `#${anchor}`);
      } catch { /* some LMSs show the course in a document without an address */ }
    }

    function place(screen, anchor) {
      const lesson = lessons.get(screen.id);
      if (lesson) {
        const page = Number((anchor.split(".")[1] || "0").match(/^[0-9]+$/) || 0);
        state.place = `${lesson.id}.${page.toString(36)}`;
      } else if (screen.id === "start.") state.place = "";
      else if (["assessment.", "results.", "end."].includes(screen.id)) state.place = ".";
      else return;
      session.remember(true);
    }

    // A page is read when its end, or anything after it, has been in the window.
    function watch() {
      pending = 0;
      const lesson = lessons.get(current);
      if (!lesson || document.hidden) return;
      const pages = all(".page", document.getElementById(current));
      const ends = pages.map((page) => one("[data-end]", page).getBoundingClientRect().top);
      const last = ends.reduce((found, top, at) => (top <= window.innerHeight ? at : found), -1);
      const here = pages.reduce((found, page, at) => (
        page.getBoundingClientRect().top <= window.innerHeight * 0.4 ? at : found), 0);
      const at = `${lesson.id}.${here.toString(36)}`;
      const moved = state.place !== at;
      state.place = at;
      if (read(lesson, last) || moved) session.remember(false);
    }

    function read(lesson, last) {
      const seen = state.read[lesson.id] || [];
      const now = Array.from({ length: last + 1 }, (_, at) => at).filter((at) => !seen.includes(at));
      if (!now.length) return false;
      state.read[lesson.id] = [...seen, ...now].sort((a, b) => a - b);
      progress();
      if (session.lessonRead(lesson)) session.remember(true);
      return true;
    }

    // "Next" says that the lesson was read, also by somebody who does not scroll.
    function onward() {
      const lesson = lessons.get(current);
      if (lesson) read(lesson, lesson.pages - 1);
    }

    function stateOf(id) {
      if (id === "assessment.") {
        if (session.passed()) return "done";
        if (state.stage === 2) return "not passed";
        if (!session.open()) return "locked";
        return state.stage === 1 || isHere(id) ? "under way" : "not begun";
      }
      const lesson = lessons.get(id);
      if (session.lessonRead(lesson)) return "done";
      return session.pagesRead(lesson) || id === current ? "under way" : "not begun";
    }

    const GLYPHS = { done: "disc", "under way": "half", "not passed": "again", "not begun": "ring", locked: "ring" };

    function progress() {
      const counted = word.counted("progress", course.lessons.length, { done: session.lessonsDone() });
      const left = session.minutesLeft();
      const rest = left ? word.counted("minutes left", left) : "";
      const sentence = rest
        ? word("progress and left", { progress: counted, left: rest[0].toLowerCase() + rest.slice(1) })
        : counted;
      one("[data-progress]").textContent = sentence;
      one("[data-left]").textContent = left < course.minutes ? rest : ""; // the start page shows them already
      drawSpine(sentence);
      for (const item of all("[data-lesson]")) listed(item, stateOf(item.dataset.lesson));
    }

    function listed(item, what) {
      item.dataset.state = what;
      one("use", item).setAttribute("href", `#g-${GLYPHS[what]}`);
      one(".state", item).textContent = `(${word(`lesson ${what}`)})`;
      const opens = one(".opens", item);
      if (opens) opens.hidden = what !== "locked";
      if (isHere(item.dataset.lesson)) one("a", item).setAttribute("aria-current", "true");
      else one("a", item).removeAttribute("aria-current");
    }

    const isHere = (id) => id === current || (id === "assessment." && current === "questions.");

    function drawSpine(sentence) {
      const parts = course.lessons.map((lesson) => [lesson.id, lesson.minutes, session.pagesRead(lesson) / lesson.pages]);
      if (course.assessment) parts.push(["assessment.", course.assessment.minutes, session.passed() ? 1 : session.answered()]);
      if (spine.childElementCount !== parts.length) {
        spine.replaceChildren(...parts.map(([, minutes]) => {
          const segment = make("i", {}, make("b"));
          segment.style.flexGrow = String(minutes || 5);
          return segment;
        }));
        spine.setAttribute("role", "img");
        spine.hidden = false;
      }
      spine.setAttribute("aria-label", sentence);
      parts.forEach(([id, , share], at) => {
        const segment = spine.children[at];
        segment.dataset.state = isHere(id) && share < 1 ? "current" : stateOf(id);
        segment.firstElementChild.style.inlineSize = `${share * 100}%`;
      });
    }

    function comeBack(from, label) {
      returning = from;
      const strip = one("[data-returns]");
      strip.hidden = !from;
      if (from) {
        one("a", strip).href = `#${from}`;
        one("span", strip).textContent = label;
      }
    }

    // While the final questions are under way, every lesson leads back to them.
    function wayBack() {
      const away = lessons.has(current);
      if (away && state.stage === 1 && !returning) comeBack("questions.", word("back to questions"));
      else if (!away && returning === "questions.") comeBack("");
    }

    // A closed dialog gives the focus back, unless it was left for another screen.
    function openDialog(name, back) {
      const dialog = document.getElementById(name);
      dialog.returnValue = "";
      if (!dialog.open) dialog.showModal();
      dialog.addEventListener("close", () => !dialog.returnValue && back(), { once: true });
    }

    function clicked(event) {
      const link = event.target.closest("a[href^='#'], [data-shuts]");
      if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (link.matches("[data-shuts]")) return void link.closest("dialog").close();
      if (link.dataset.opens) return void openDialog(link.dataset.opens, () => link.isConnected && link.focus());
      follow(link, decodeURIComponent(link.hash.slice(1)));
    }

    function follow(link, anchor) {
      const dialog = link.closest("dialog");
      if (dialog) dialog.close("left");
      if (link.matches("[data-onward]")) onward();
      if (link.closest("[data-returns]")) comeBack("");
      if (link.matches("[data-comes-back]")) {
        const question = link.closest(".question");
        comeBack(question ? question.id : current, word(question ? "back to question" : "back to result"));
      } else if (returning && anchor !== returning && link.closest(".onward, .contents")) comeBack("");
      if (link.matches("[data-back-to-text]")) return void backToText(link, anchor);
      if (link.closest(".cite")) cameFrom = link;
      show(anchor);
    }

    let cameFrom = null;
    function backToText(link, anchor) {
      const home = link.closest("[data-screen]");
      const number = link.closest("li").id;
      const cited = cameFrom && cameFrom.hash === `#${number}` ? cameFrom : one(`.cite a[href="#${number}"]`, home);
      if (!cited) return show(anchor);
      cited.focus({ preventScroll: true });
      return cited.scrollIntoView({ block: "center" });
    }

    document.addEventListener("click", clicked);
    for (const dialog of all("dialog")) {
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    }
    const soon = () => { pending = pending || requestAnimationFrame(watch); };
    window.addEventListener("scroll", soon, { passive: true });
    window.addEventListener("resize", soon);
    window.addEventListener("popstate", () => {
      const anchor = decodeURIComponent(window.location.hash.slice(1)) || "start.";
      // After the browser's own move to the fragment, which takes the focus away.
      setTimeout(() => !session.ended() && document.getElementById(anchor) && show(anchor, { replace: true }), 0);
    });

    return { show, progress, entering, comeBack, open: openDialog, current: () => current, lesson: (id) => lessons.get(id) };
  }

  Object.assign(our, { all, one, make, glyph, words, screens: { begin } });
})(window.courseware);

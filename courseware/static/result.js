// The result: passed or not yet, what to read again, and the next steps.

import { button, byId, glyph, make, one } from "./elements.js";
import { isRight } from "./kinds.js";

export class Result {
  constructor(session, word, { review, start }) {
    Object.assign(this, { session, word, review, start });
  }

  draw() {
    const { session } = this;
    const { asked } = session.state;
    this.marks = asked.map((question) => isRight(question, session.givenTo(question)));
    this.outcome = session.resultOf(asked);
    this.passedNow = this.outcome.points >= session.final.pass;
    // Which questions were right is told once no try can use it.
    this.tellsAll = this.passedNow || session.triesLeft() === 0;
    const screen = byId(`${session.prefix}results.`);
    screen.toggleAttribute("data-passed", this.passedNow);
    const places = this.tellsAll ? pagesToRead(session, this.marks) : lessonsToRead(session, this.marks);
    screen.replaceChildren(
      this.opener(),
      make("div", { class: "facts" }, this.details(), ...this.missed(), ...this.rereads(places), ...this.others(), this.actions(places[0])),
    );
    session.setPlace(".");
  }

  opener() {
    const { session, word, outcome } = this;
    const { course, final } = session;
    const total = final.number;
    return make("header", { class: "opener" },
      make("p", { class: "numeral score", "aria-hidden": "true" }, figure(outcome.answered), make("small", {}, word("of total", { total }))),
      make("p", { class: "eyebrow" }, word("result eyebrow", { course: course.title })),
      make("h1", { id: `${session.prefix}results.h`, tabindex: "-1" }, word(this.passedNow ? "passed" : "not passed")),
      make("p", { class: "lede" }, this.lede()),
      this.tellsAll ? this.markList() : "");
  }

  lede() {
    const { session, word, outcome } = this;
    const { number, pass, needed } = session.final;
    const result = (points) => word("result", { raw: figure(points), total: number, percent: Math.floor(points / number) });
    const capped = outcome.answered >= pass && !this.passedNow;
    const key = this.passedNow ? "passed lede" : capped ? "must be right lede" : "not passed lede";
    const said = [word(key, { result: result(outcome.answered), pass: needed })];
    if (!this.passedNow && session.state.best >= pass) said.push(word("passed before", { result: result(session.state.best) }));
    return said.join(" ");
  }

  // The questions that nobody may miss, where some were missed.
  missed() {
    const { word, outcome } = this;
    if (this.passedNow || !outcome.missed.length) return [];
    const rows = outcome.missed.map((question) => make("li", {}, question.text));
    return [make("h2", { class: "row" }, make("span", {}, word("must be right"))), make("ul", { class: "row again" }, ...rows)];
  }

  markList() {
    const { word } = this;
    const list = this.marks.map((good, at) => make("li", { class: good ? "good" : "heed" },
      glyph(good ? "disc" : "again"), make("span", { "aria-hidden": "true" }, String(at + 1)),
      make("span", { class: "quietly" }, `${at + 1}: ${word(good ? "mark right" : "mark not quite")}`)));
    return make("ol", { class: "marks" }, ...list);
  }

  details() {
    const { session, word } = this;
    if (!this.passedNow) return "";
    const { course } = session;
    const [n, known] = [course.lessons.length, session.lessonsSpared()];
    const complete = word("lessons complete", { done: session.lessonsDone(), n });
    const rows = session.sco ? [] : [["lessons", known ? `${complete}, ${word("of them known", { n: known })}` : complete]];
    const { submitted, local, kept } = session.lms;
    const held = local ? kept : !session.failing && !session.looking;
    if (submitted && held) rows.unshift([local ? "saved here" : "recorded", timeOf(course.language, submitted)]);
    if (course.edition) rows.push(["edition", course.edition]);
    return make("dl", { class: "row record" }, ...rows.flatMap(([key, value]) => [
      make("dt", {}, word(key)), make("dd", {}, value)]));
  }

  rereads(places) {
    if (!places.length) return [];
    const { session, word } = this;
    const tryNext = !this.passedNow && session.triesLeft() > 0;
    const heading = tryNext ? word("worth another look") : word.counted("look at again", places.length);
    const rows = places.map((place) => make("li", {},
      make("span", {}, byId(place.anchor) ? make("a", { href: `#${place.anchor}`, "data-comes-back": true }, place.title) : place.title,
        make("small", {}, place.why(word))),
      place.minutes ? make("small", {}, word("short minutes", { n: place.minutes })) : ""));
    return [make("h2", { class: "row" }, make("span", {}, heading)), make("ul", { class: "row again" }, ...rows)];
  }

  // Of the main course, what is optional and the course beside it; of an optional part, that it stands by itself.
  others() {
    const { session, word } = this;
    if (session.isOptional) return [note(word("optional result", { course: session.session.course.title }))];
    if (!this.passedNow) return [];
    const open = session.optional.filter((part) => !part.complete());
    const rows = open.map(({ course }) => make("li", {},
      make("span", {}, make("a", { href: `#${course.lessons[0].id}` }, course.title), make("small", {}, word("optional not needed"))),
      course.minutes ? make("small", {}, word("short minutes", { n: course.minutes })) : ""));
    const optional = rows.length ? [make("h2", { class: "row" }, make("span", {}, word("optional"))), make("ul", { class: "row again" }, ...rows)] : [];
    return session.course.beside ? [...optional, note(session.course.beside)] : optional;
  }

  actions(first) {
    const { session, word } = this;
    const left = session.triesLeft();
    const buttons = [];
    const notes = [];
    if (this.passedNow) {
      buttons.push(button(word("finish and leave"), false, () => session.leave(true)));
    } else {
      if (first && byId(first.anchor)) buttons.push(make("a", { class: "button", href: `#${first.anchor}`, "data-comes-back": true }, word("start with", { title: first.title })));
      if (left > 0) buttons.push(button(word("try again now"), Boolean(first), this.start));
      else buttons.push(button(word("finish and leave"), Boolean(first), () => session.leave(true)));
      notes.push(left === Infinity ? word("tries not limited") : left ? word.counted("tries left", left) : word("tries used up"));
      if (left > 0) notes.push(word("best kept"));
    }
    if (this.tellsAll) buttons.push(button(word("see answers"), true, this.review));
    return make("div", { class: "row closing" }, make("p", { class: "actions" }, ...buttons),
      notes.length ? make("p", { class: "small" }, notes.join(" ")) : "");
  }
}

const note = (text) => make("div", { class: "row prose" }, make("p", {}, text));

// Hundredths of a question as people read them: 11, or 11.5.
const figure = (points) => String(points / 100);

// The pages that belong to the questions that were missed, in the course's order, with the questions' numbers.
function pagesToRead(session, marks) {
  const { state } = session;
  const places = new Map();
  state.asked.forEach((question, at) => {
    if (marks[at] || !question.reread) return;
    const key = question.reread.join(".");
    places.set(key, [...(places.get(key) || []), at + 1]);
  });
  return [...places].map(([anchor, numbers]) => {
    const [id, page] = anchor.split(".");
    const at = session.everyLesson().findIndex((each) => each.id === id);
    const lesson = session.everyLesson()[at];
    const titles = Array.isArray(lesson.pages) ? lesson.pages : Array.from({ length: lesson.pages }, (_, n) => headingOf(`${id}.${n}`));
    return {
      anchor, at, page: Number(page), title: titles[Number(page)] || lesson.title,
      minutes: lesson.minutes && Math.max(1, Math.round(lesson.minutes / titles.length)),
      why: (word) => word.counted("questions list", numbers.length, { list: word.list(numbers.map(String)), lesson: at + 1 }),
    };
  }).sort((a, b) => a.at - b.at || a.page - b.page);
}

function headingOf(anchor) {
  const heading = one("h2", byId(anchor));
  return heading ? heading.textContent.trim() : "";
}

// The lessons that teach what was missed, each with the objective; which questions that were is not told.
function lessonsToRead(session, marks) {
  const { course, state } = session;
  const lessons = session.everyLesson();
  const missed = state.asked.filter((_, at) => !marks[at]);
  return lessons.flatMap((lesson, at) => {
    const about = missed.find(({ objective }) => objective && objective === lesson.objective);
    const untaught = ({ objective }) => !lessons.some((each) => objective && each.objective === objective);
    const other = missed.some((question) => untaught(question) && question.reread && question.reread[0] === lesson.id);
    if (!about && !other) return [];
    const why = (word) => [word("lesson of", { number: at + 1, total: lessons.length }), course.objectives[about && about.objective]]
      .filter(Boolean).join(": ");
    return [{ anchor: lesson.id, title: lesson.title, minutes: lesson.minutes, why }];
  });
}

function timeOf(language, date) {
  try {
    return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(date);
  } catch {
    return date.toLocaleString();
  }
}

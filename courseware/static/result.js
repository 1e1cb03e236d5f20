// The result: passed or not yet, what to read again, and the next steps.

import { button, byId, glyph, headed, make, one, prose } from "./elements.js";
import { isRight } from "./kinds.js";
import { withKnown } from "./progress.js";

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
    // The right questions are named once no other try can make use of that.
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
    return headed(word("must be right"), rows);
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
    const n = course.lessons.length;
    const rows = n ? [["lessons", withKnown(word("lessons complete", { done: session.lessonsDone(), n }), session, word)]] : [];
    const { submitted, local } = session.lms;
    if (submitted && session.isKept()) rows.unshift([local ? "saved here" : "recorded", submitted.toLocaleString(course.language, { dateStyle: "long", timeStyle: "short" })]);
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
      make("span", {}, linkTo(place, place.title) || place.title, make("small", {}, place.why(word))),
      place.minutes ? make("small", {}, word("short minutes", { n: place.minutes })) : ""));
    return headed(heading, rows);
  }

  // The optional parts, and the course that another package has.
  others() {
    const { session, word, passedNow } = this;
    const { beside } = session.course;
    return [...session.others(word, passedNow), ...(passedNow && beside ? [prose(beside)] : [])];
  }

  actions(first) {
    const { session, word } = this;
    const left = session.triesLeft();
    const toRead = !this.passedNow && first;
    const isPlain = Boolean(toRead); // behind another button
    const finish = () => button(word("finish and leave"), isPlain, () => session.leave(true));
    const buttons = [
      toRead && linkTo(first, word("start with", { title: first.title }), "button"),
      !this.passedNow && left > 0 ? button(word("try again now"), isPlain, this.start) : finish(),
      this.tellsAll && button(word("see answers"), true, this.review),
    ];
    return make("div", { class: "row closing" }, make("p", { class: "actions" }, ...buttons.filter(Boolean)),
      this.passedNow ? "" : make("p", { class: "small" }, this.triesNote(left)));
  }

  triesNote(left) {
    const { word } = this;
    if (!left) return word("tries used up");
    return `${left === Infinity ? word("tries not limited") : word.counted("tries left", left)} ${word("best kept")}`;
  }
}

// None to another SCO.
const linkTo = ({ anchor }, text, look = false) => (
  byId(anchor) && make("a", { class: look, href: `#${anchor}`, "data-comes-back": true }, text));

// Hundredths of a question as people read them: 11, or 11.5.
const figure = (points) => String(points / 100);

// The pages that belong to the questions that were missed, in the course's order, with the questions' numbers.
function pagesToRead(session, marks) {
  const lessons = session.everyLesson();
  const asked = new Map(); // the numbers of the questions, by the anchor of their page
  session.state.asked.forEach(({ reread }, at) => {
    const anchor = reread?.join(".");
    if (anchor && !marks[at]) asked.set(anchor, [...(asked.get(anchor) ?? []), String(at + 1)]);
  });
  return [...asked].map(([anchor, list]) => {
    const [id, page] = anchor.split(".");
    const at = lessons.findIndex((lesson) => lesson.id === id);
    const { pages, minutes, title } = lessons[at];
    return {
      anchor, at, page, title: headingOf(lessons[at], page) || title,
      minutes: minutes && Math.max(1, Math.round(minutes / (pages.length ?? pages))),
      why: (word) => word.counted("questions list", list.length, { list: word.list(list), lesson: at + 1 }),
    };
  }).sort((a, b) => a.at - b.at || a.page - b.page);
}

// A page of this document, or of another SCO, which is known by its title alone.
const headingOf = ({ id, pages }, page) => pages[page] ?? one("h2", byId(`${id}.${page}`))?.textContent.trim();

// The lessons that teach what was missed, each with the objective; which questions that were is not told.
function lessonsToRead(session, marks) {
  const lessons = session.everyLesson();
  const missed = session.state.asked.filter((_, at) => !marks[at]);
  const teaches = (lesson, { objective }) => objective && lesson.objective === objective;
  const isUntaught = (question) => !lessons.some((lesson) => teaches(lesson, question));
  return lessons.flatMap((lesson, at) => {
    const { id, title, minutes, objective } = lesson;
    const isMissed = missed.some((question) => teaches(lesson, question));
    if (!isMissed && !missed.some((question) => question.reread?.[0] === id && isUntaught(question))) return [];
    const about = isMissed ? `: ${session.course.objectives[objective]}` : "";
    return [{ anchor: id, title, minutes, why: (word) => word("lesson of", { number: at + 1, total: lessons.length }) + about }];
  });
}

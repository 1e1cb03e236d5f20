// The current screen: which it is, how one gets to another and back, and what of a lesson has been shown.

import { all, byId, make, marked, one, withCommas } from "./elements.js";
import { addressed, arriveAt, noteAddress } from "./focus.js";
import { Progress } from "./progress.js";
import { isAsking, OVER } from "./stages.js";

export class Screens {
  constructor(session, word) {
    Object.assign(this, { session, word });
    this.lessons = new Map(session.parts.flatMap(({ course }) => course.lessons).map((lesson) => [lesson.id, lesson]));
    this.progress = new Progress(session, word);
    this.entering = Object.create(null); // what is drawn as a screen is entered, by its id
    this.current = "";
    this.returning = ""; // the screen to which the strip at the foot leads back
    this.listen();
  }

  listen() {
    document.addEventListener("click", (event) => this.clicked(event));
    for (const dialog of all("dialog")) {
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    }
    // Once a frame at most, as HTML has it of both events.
    for (const kind of ["scroll", "resize"]) window.addEventListener(kind, () => this.watch(), { passive: true });
    // After the browser's own move to the fragment, which takes the focus away.
    window.addEventListener("popstate", () => setTimeout(() => {
      const anchor = addressed() || "start.";
      if (!this.session.ended && byId(anchor)) this.show(anchor, { replace: true });
    }, 0));
  }

  show(anchor, how = {}) {
    const target = byId(anchor) || byId("start.");
    const screen = target.closest("[data-screen]");
    const part = screen && this.session.partAt(screen.id);
    if (!screen) target.focus();
    else if (this.isEarly(screen, part)) {
      const allowed = part.state.stage === OVER ? "results." : "assessment.";
      this.show(part.prefix + allowed, { ...how, replace: true });
    } else this.change(target, screen, anchor, how);
  }

  change(target, screen, anchor, how) {
    const changed = screen.id !== this.current;
    if (changed) this.enter(screen);
    for (let at = target; at !== screen; at = at.parentElement) if (at.matches("details")) at.open = true;
    if (!how.quiet && !(how.first && anchor === "start.")) noteAddress(anchor, how.replace);
    arriveAt(target, screen, how);
    if (changed && !how.quiet) this.keepPlace(screen, anchor);
    this.offerQuestions();
    this.drawProgress();
    this.watch();
  }

  // An address or the browser's "back" must not open the questions too early, or a result before they are handed in.
  isEarly(screen, { prefix, state: { stage } }) {
    const name = screen.id.slice(prefix.length);
    return (name === "questions." && !isAsking(stage) && !("review" in screen.dataset)) || (name === "results." && stage !== OVER);
  }

  enter(screen) {
    for (const other of all("[data-screen]")) other.toggleAttribute("data-current", other === screen);
    document.body.dataset.at = screen.classList[1];
    this.current = screen.id;
    for (const note of all("[data-left-open]", screen)) note.hidden = true;
    this.entering[screen.id]?.();
    const { title } = this.session.course;
    const name = one("h1", screen).textContent.trim();
    document.title = name === title ? name : `${name} · ${title}`;
  }

  drawProgress() {
    this.progress.draw(this.current);
    const note = one("[data-current] [data-left-open]:not([hidden])");
    if (note) this.nameLeftOpen(note);
  }

  keepPlace(screen, anchor) {
    const { session } = this;
    const part = session.partAt(screen.id);
    const lesson = this.lessons.get(screen.id);
    if (lesson) {
      const page = Number(/^[^.]+\.([0-9]+)$/.exec(anchor)?.[1] ?? 0);
      session.setPlace(`${lesson.id}.${page.toString(36)}`);
    } else if (["start.", "pre-test."].includes(screen.id)) session.setPlace("");
    else if (["assessment.", "results.", "end."].includes(screen.id.slice(part.prefix.length))) part.setPlace(".");
    else return;
    this.session.remember(true);
  }

  // A page was shown when its end, or anything after it, has been in the window.
  watch() {
    const lesson = this.lessons.get(this.current);
    if (!lesson || document.hidden) return;
    const { session } = this;
    const pages = all(".page", byId(this.current));
    const isAbove = (element, share) => element.getBoundingClientRect().top <= window.innerHeight * share;
    const last = pages.filter((page) => isAbove(one("[data-end]", page), 1)).length - 1;
    const here = Math.max(0, pages.filter((page) => isAbove(page, 0.4)).length - 1);
    const place = `${lesson.id}.${here.toString(36)}`;
    const moved = session.place !== place;
    session.setPlace(place);
    if (this.wasShown(lesson, last) || moved) this.session.remember(false);
  }

  // True where a page is new among those up to the last.
  wasShown(lesson, last) {
    const { session } = this;
    const part = session.partAt(lesson.id);
    const seen = part.state.read[lesson.id] || [];
    const shown = new Set([...seen, ...Array(last + 1).keys()]);
    if (shown.size === seen.length) return false;
    part.state.read[lesson.id] = [...shown];
    this.drawProgress();
    if (part.lessonDone(lesson)) session.remember(true);
    return true;
  }

  // "Next" says that the lesson was shown, also of somebody who does not scroll. True where it names what is left open
  // instead of going on; pressed again, it goes on.
  isHeldUp(lesson) {
    this.wasShown(lesson, lesson.pages - 1);
    const note = one("[data-current] [data-left-open]");
    if (!note?.hidden || this.session.partAt(this.current).lessonDone(lesson)) return false;
    this.nameLeftOpen(note);
    note.scrollIntoView({ block: "nearest" });
    return true;
  }

  // It says what is still left when one of several has been answered, and goes with the last.
  nameLeftOpen(note) {
    const { word } = this;
    const open = this.session.partAt(this.current).leftOpen(this.lessons.get(this.current));
    const links = withCommas(open.map((id) => make("a", { href: `#q.${id}` }, one(".label strong", byId(`q.${id}`)).textContent)));
    note.hidden = !open.length;
    note.replaceChildren(...marked("heed", word.counted("left open", open.length), " ", ...links, ". ", word("or go on")));
  }

  // The strip at the foot, which leads back to where a learner came from.
  comeBack(from, label) {
    this.returning = from;
    const strip = one("[data-returns]");
    strip.hidden = !from;
    if (!from) return;
    one("a", strip).href = `#${from}`;
    one("span", strip).textContent = label;
  }

  // While questions are under way, every lesson of their part leads back to them.
  offerQuestions() {
    const { asks, prefix, state } = this.session.partAt(this.current);
    if (this.returning.endsWith("questions.")) this.comeBack("");
    if (this.lessons.has(this.current) && isAsking(state.stage) && !this.returning) this.comeBack(`${prefix}questions.`, this.word(asks.back));
  }

  // A closed dialog gives the focus back, unless it was left for another screen.
  open(name, back) {
    const dialog = byId(name);
    dialog.returnValue = "";
    if (!dialog.open) dialog.showModal();
    dialog.addEventListener("close", () => !dialog.returnValue && back(), { once: true });
  }

  clicked(event) {
    const link = event.target.closest("a[href^='#'], [data-shuts]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.matches("[data-shuts]")) link.closest("dialog").close();
    else if (link.dataset.opens) this.open(link.dataset.opens, () => link.isConnected && link.focus());
    else this.follow(link, decodeURIComponent(link.hash.slice(1)));
  }

  follow(link, anchor) {
    link.closest("dialog")?.close("left");
    const lesson = this.lessons.get(this.current);
    if (lesson && link.matches("[data-onward]") && this.isHeldUp(lesson)) return;
    if (link.closest("[data-returns]")) this.comeBack("");
    if (link.matches("[data-comes-back]")) this.returnHere(link);
    else if (this.returning && anchor !== this.returning && link.closest(".onward, .contents")) this.comeBack("");
    if (link.closest(".cite")) this.cameFrom = link;
    if (link.matches("[data-back-to-text]")) this.backToText(link, anchor);
    else this.show(anchor);
  }

  returnHere(link) {
    const question = link.closest(".question");
    this.comeBack(question ? question.id : this.current, this.word(question ? "back to question" : "back to result"));
  }

  // From a reference to the place that cites it: the one that the learner came from, else the first.
  backToText(link, anchor) {
    const hash = `#${link.closest("li").id}`;
    const cited = this.cameFrom?.hash === hash ? this.cameFrom : one(`.cite a[href="${hash}"]`, link.closest("[data-screen]"));
    if (!cited) this.show(anchor);
    cited?.focus({ preventScroll: true });
    cited?.scrollIntoView({ block: "center" });
  }
}

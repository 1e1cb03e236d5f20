// One session: the learner's state, and the values that the LMS gets. Knows no screen.
(function (our) {
  "use strict";

  const PAUSES = [5, 10, 20, 40, 60];
  // The objective of the final questions: an underscore, which no lesson's id has.
  const QUESTIONS = "final_questions";

  function begin(course, onSaved) {
    const lms = our.lms.open(course.id);
    const state = our.state.read(lms.suspended, course);
    const looking = lms.mode === "review" || lms.mode === "browse";
    const asked = course.assessment;
    const { standard } = our;
    const before = standard.standing(lms.get);
    let failures = 0;
    let retry = 0;
    let ended = false;

    const pagesRead = (lesson) => (state.read[lesson.id] || []).length;
    const lessonRead = (lesson) => pagesRead(lesson) >= lesson.pages;
    const allRead = () => course.lessons.every(lessonRead);
    const passed = () => Boolean(asked) && (state.best >= asked.pass || before.passed);
    const complete = () => (asked ? state.stage === 2 || passed() : allRead());
    // For the LMS: a result that was handed in stays while the learner tries again.
    const settled = () => complete() || Boolean(asked && state.tries);
    // The share of the final questions that is answered.
    const answered = () => (asked && state.stage === 1
      ? asked.questions.filter((one) => (state.answers[our.state.keyed(one, true)] || { chosen: [] }).chosen.length).length / asked.questions.length
      : 0);
    // A try that was begun may be handed in, even if the author has lowered the limit meanwhile.
    const triesLeft = () => (asked && asked.tries ? Math.max(state.stage === 1 ? 1 : 0, asked.tries - state.tries) : Infinity);

    // The weight of a screen in minutes; without any minutes all screens weigh the same.
    const weight = (minutes) => minutes || (course.lessons.some((lesson) => lesson.minutes) ? 0 : 1);

    function progress() {
      if (settled()) return 1;
      const parts = course.lessons.map((lesson) => [weight(lesson.minutes) || 0.1, pagesRead(lesson) / lesson.pages]);
      if (asked) parts.push([weight(asked.minutes) || 1, 0]);
      const whole = parts.reduce((sum, [size]) => sum + size, 0);
      const done = parts.reduce((sum, [size, share]) => sum + size * share, 0);
      return Math.min(0.9999, Math.floor((done / whole) * 10000) / 10000);
    }

    const lessonsDone = () => course.lessons.filter(lessonRead).length;

    function minutesLeft() {
      const left = course.lessons.reduce((sum, one) => sum + one.minutes * (1 - pagesRead(one) / one.pages), 0);
      return Math.ceil(left - 1e-9 + (asked && !complete() ? asked.minutes : 0));
    }

    // Rounded down, and multiplied before it is divided: 57 of 100 are not 0.5699999.
    const shareOf = (whole, digits) => Math.floor((state.best * whole * digits) / asked.questions.length) / digits;
    // Never lower than the stored score, which may come from more questions: a retake cannot take a pass away.
    const isBest = () => shareOf(100, 1e5) >= before.percent - 1e-6;

    const score = () => ({
      best: state.best, total: asked.questions.length, percent: decimal(shareOf(100, 100)), scaled: decimal(shareOf(1, 1e7)),
    });

    const tell = (pairs) => pairs.forEach(([element, value]) => lms.put(element, value));

    function reportStatus() {
      const measure = decimal(Math.max(progress(), before.progress));
      tell(standard.status({ settled: settled(), passed: asked ? passed() : null, progress: measure }, before));
    }

    // Each lesson is an objective in the LMS, so that it can show progress; the final questions are the last.
    function reportLessons() {
      course.lessons.every((lesson) => {
        const pages = pagesRead(lesson);
        const begun = pages || state.place.startsWith(`${lesson.id}.`);
        return lms.objective({
          id: lesson.id, title: lesson.title, language: course.language,
          completion: lessonRead(lesson) ? "completed" : begun ? "incomplete" : "",
          progress: pages ? decimal(Math.floor((pages / lesson.pages) * 1e4) / 1e4) : "",
        });
      }) && asked && lms.objective({ id: QUESTIONS, title: course.words["final questions"], language: course.language, ...result() });
    }

    // The result of the final questions; a stored pass is never taken back.
    function result() {
      if (!settled()) return { completion: state.stage ? "incomplete" : "" };
      const { percent, scaled } = state.tries && isBest() ? score() : { percent: "", scaled: "" };
      return { completion: "completed", success: passed() ? "passed" : "failed", progress: "1", percent, scaled };
    }

    // Sets the changed values; commits only what a learner would miss.
    function remember(commit) {
      if (looking || ended) return;
      const text = our.state.write(state, course);
      if (lms.local) lms.keep(text);
      else {
        lms.put(standard.location, state.place);
        lms.put(standard.suspend, text);
        lms.put(standard.exit, "suspend"); // in case the session ends without a word
        reportStatus();
        reportLessons();
        if (!commit) lms.tick(); // a page that is left may get no time to close the session
      }
      if (commit) save();
    }

    function save() {
      if (looking || ended) return;
      clearTimeout(retry);
      const good = lms.save();
      if (!good && !lms.local) retry = setTimeout(save, PAUSES[Math.min(failures, PAUSES.length - 1)] * 1000);
      failures = good ? 0 : failures + 1;
      onSaved(good);
    }

    function record(question, answer, weighting) {
      if (looking) return;
      lms.record({
        id: question.id, objective: question.objective, text: question.text, language: course.language, right: question.right,
        chosen: answer.chosen, correct: correct(question, answer.chosen), weighting,
        begun: new Date(Date.now() - answer.seconds * 1000), latency: answer.seconds,
      });
    }

    function submit(seconds) {
      const answers = asked.questions.map((question) => state.answers[our.state.keyed(question, true)]);
      const right = asked.questions.filter((question, at) => correct(question, answers[at].chosen));
      state.stage = 2;
      lms.submitted = new Date();
      state.tries += 1;
      state.best = Math.max(state.best, right.length);
      answers.forEach((answer, at) => {
        answer.tries += 1;
        answer.checked = true;
        record(asked.questions[at], { chosen: answer.chosen, seconds: seconds[at] || 0 }, 1);
      });
      if (!looking && !lms.local && isBest()) tell(standard.score(score()));
      remember(true);
    }

    function tryAgain() {
      for (const question of asked.questions) delete state.answers[our.state.keyed(question, true)];
      state.stage = 1;
      remember(true);
    }

    function close(finished) {
      if (ended) return true;
      if (looking) {
        ended = true;
        return lms.close("", finished ? "exitAll" : "");
      }
      remember(false);
      ended = true;
      clearTimeout(retry);
      // A fail stays suspended: an ended attempt would forget the tries.
      const over = finished && complete() && (!asked || passed());
      return lms.close(over ? standard.left : "suspend", finished === undefined ? "" : over ? "exitAll" : "suspendAll");
    }

    return {
      course, state, lms, looking, passed, complete, allRead, lessonRead, lessonsDone, pagesRead, triesLeft, minutesLeft, answered,
      remember, save, record, submit, tryAgain, close,
      ended: () => ended,
      open: () => !asked || allRead() || looking || state.stage > 0 || passed(),
    };
  }

  const decimal = (value) => value.toFixed(7).replace(/\.?0+$/, "");
  const correct = (question, chosen) => question.right.length === chosen.length
    && question.right.every((letter) => chosen.includes(letter));

  our.session = { begin, correct };
})(window.courseware);

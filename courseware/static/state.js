// The learner's state, and its form as one line of text: decision 2, "suspend data", format 1.
(function (our) {
  "use strict";

  const FORMAT = "1";
  const ANSWER = /^(\*?)([a-z0-9-]+)\.([\w-]{4})\.([0-9a-z]*)\.([0-9a-z]+)$/i;
  const CHECKED = 1;
  const SHOWN = 2;

  // Bit sets are numbers up to 2^53, taken apart by division: `>>` would stop at 32.
  const bits = (mask) => {
    const found = [];
    for (let rest = mask, at = 0; rest > 0; rest = Math.floor(rest / 2), at += 1) if (rest % 2) found.push(at);
    return found;
  };
  const mask = (positions) => positions.reduce((sum, at) => sum + 2 ** at, 0);
  const number = (text) => parseInt(text, 36) || 0;
  const write36 = (value) => (value ? value.toString(36) : "");

  // Without a prototype, as a lesson or a question may be called "constructor".
  function fresh() {
    return { place: "", read: Object.create(null), tries: 0, stage: 0, best: 0, answers: Object.create(null) };
  }

  // A hash of the questions, in any order, and the pass mark: the terms of a result.
  function judge(asked) {
    const facts = [asked.pass, ...asked.questions.map((question) => `${question.id}.${question.fingerprint}`).sort()].join();
    return [...facts].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2 ** 24, 7).toString(36);
  }

  // The key of an answer in the assessment has a star: the question may stand in a lesson too.
  const keyed = (question, scored) => (scored ? `*${question.id}` : question.id);

  function questions(course) {
    const found = new Map(course.checks.map((question) => [question.id, question]));
    for (const question of course.assessment ? course.assessment.questions : []) found.set(`*${question.id}`, question);
    return found;
  }

  function read(text, course) {
    const state = fresh();
    const [format, place = "", lessons = "", assessment = "", answers = ""] = (text || "").split("~");
    if (format !== FORMAT) return state;
    state.place = place;
    const pages = new Map(course.lessons.map((lesson) => [lesson.id, lesson.pages]));
    for (const entry of lessons.split("!")) {
      const [id, seen = ""] = entry.split(".");
      if (pages.has(id)) state.read[id] = bits(number(seen)).filter((page) => page < pages.get(id));
    }
    const [tries = "", stage = "", best = "", judged = ""] = assessment.split(".");
    [state.tries, state.stage, state.best] = [number(tries), Math.min(2, number(stage)), number(best)];
    readAnswers(state, answers, questions(course));
    if (course.assessment && state.tries && judged && judged !== judge(course.assessment)) forgetResult(state, course.assessment);
    return state;
  }

  // The result belongs to other questions or another mark; the LMS keeps its own. One try is left for the new questions,
  // or a learner who had used up all could never pass.
  function forgetResult(state, asked) {
    state.best = 0;
    if (asked.tries) state.tries = Math.min(state.tries, asked.tries - 1);
    if (state.stage < 2) return;
    state.stage = 0;
    for (const key of Object.keys(state.answers)) if (key.startsWith("*")) delete state.answers[key];
  }

  function readAnswers(state, text, known) {
    for (const entry of text.split("!")) {
      const [, star, id, fingerprint, chosen, tally] = ANSWER.exec(entry) || [];
      const question = known.get(`${star}${id}`);
      if (!question || question.fingerprint !== fingerprint) continue;
      const counted = number(tally);
      state.answers[`${star}${id}`] = {
        chosen: bits(number(chosen)).map((at) => question.letters[at]).filter(Boolean),
        tries: Math.floor(counted / 4),
        checked: Boolean(counted & CHECKED),
        shown: Boolean(counted & SHOWN),
      };
    }
  }

  function write(state, course) {
    const lessons = course.lessons
      .filter((lesson) => (state.read[lesson.id] || []).length)
      .map((lesson) => `${lesson.id}.${write36(mask(state.read[lesson.id]))}`);
    const result = course.assessment ? [state.tries, state.stage, state.best].map((value) => value.toString(36)) : [];
    if (state.tries && result.length) result.push(judge(course.assessment));
    const answers = [...questions(course)]
      .filter(([key]) => state.answers[key])
      .map(([key, question]) => {
        const { chosen, tries, checked, shown } = state.answers[key];
        const tally = tries * 4 + (checked ? CHECKED : 0) + (shown ? SHOWN : 0);
        const positions = chosen.map((letter) => question.letters.indexOf(letter));
        return `${key}.${question.fingerprint}.${write36(mask(positions))}.${tally.toString(36)}`;
      });
    return [FORMAT, state.place, lessons.join("!"), result.join("."), answers.join("!")].join("~");
  }

  our.state = { read, write, keyed, fresh };
})(window.courseware);

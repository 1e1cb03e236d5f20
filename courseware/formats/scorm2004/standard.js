// The names and values of SCORM 2004: pairs of an element and its value, in the order that LMSs expect.

// A time zone may only follow a fraction of a second, which has at most two digits.
const stamp = (when) => `${when.toISOString().slice(0, 22)}Z`;
// One line of at most 250 characters, never half of a surrogate pair.
const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 250).replace(/[\uD800-\uDBFF]$/, "");
// A text without its language counts as English, and a brace could begin a delimiter.
const localised = (text, language) => (/^en\b/i.test(language) && !text.startsWith("{") ? "" : `{lang=${language}}`) + short(text);

const span = (seconds) => `PT${Math.floor(seconds / 3600)}H${Math.floor(seconds / 60) % 60}M${Number((seconds % 60).toFixed(2))}S`;

export const standard = {
  object: "API_1484_11",
  calls: ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError"],
  location: "cmi.location",
  suspend: "cmi.suspend_data",
  exit: "cmi.exit",
  time: "cmi.session_time",
  mode: "cmi.mode",
  request: "adl.nav.request",
  left: "normal", // the exit of a learner who has finished

  span,

  standing(get) {
    return {
      status: get("cmi.completion_status"),
      progress: Number(get("cmi.progress_measure")) || 0,
      percent: Number(get("cmi.score.scaled")) * 100 || 0,
      passed: get("cmi.success_status") === "passed",
    };
  },

  // The status of the whole course; `passed` is null without final questions.
  status({ settled, passed, progress }, before) {
    return [
      ["cmi.progress_measure", progress],
      ...(settled || before.status !== "completed" ? [["cmi.completion_status", settled ? "completed" : "incomplete"]] : []),
      ...(settled && passed !== null ? [["cmi.success_status", passed ? "passed" : "failed"]] : []),
    ];
  },

  score: ({ scaled, best, total }) => [
    ["cmi.score.scaled", scaled], ["cmi.score.min", "0"], ["cmi.score.max", String(total)], ["cmi.score.raw", String(best)],
  ],

  // The values of a lesson or of the final questions, below `cmi.objectives.n.`.
  objective: (told) => [
    ["description", localised(told.title, told.language)], ["progress_measure", told.progress], ["completion_status", told.completion],
    ["success_status", told.success], ["score.scaled", told.scaled],
  ],

  // How choices are written (RTE 4.2.9.1).
  set: (letters) => letters.join("[,]"),
  list: (letters) => letters.join("[,]"),

  // The values of one answer, below `cmi.interactions.n.`.
  interaction: (answer) => [
    ["id", answer.id], ["type", answer.type],
    ...(answer.objective ? [["objectives.0.id", answer.objective]] : []),
    ["timestamp", stamp(answer.begun)],
    ...answer.patterns.map((pattern, at) => [`correct_responses.${at}.pattern`, pattern]), ["weighting", String(answer.weighting)],
    ["learner_response", answer.response], ["result", answer.result],
    ["latency", span(answer.latency)], ["description", localised(answer.text, answer.language)],
  ],
};

// The names and values of SCORM 1.2: pairs of an element and its value, in the order that LMSs expect.

const two = (number) => String(number).padStart(2, "0");
const clock = (when) => `${two(when.getHours())}:${two(when.getMinutes())}:${two(when.getSeconds())}`;

function span(seconds) {
  const hours = Math.min(9999, Math.floor(seconds / 3600));
  const rest = (seconds % 60).toFixed(2).padStart(5, "0");
  return `${String(hours).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${rest}`;
}

export const standard = {
  object: "API",
  calls: ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError"],
  location: "cmi.core.lesson_location",
  suspend: "cmi.suspend_data",
  exit: "cmi.core.exit",
  time: "cmi.core.session_time",
  mode: "cmi.core.lesson_mode",
  request: "", // the LMS alone decides where a learner goes
  left: "", // the exit of a learner who has finished

  span,

  standing(get) {
    const status = get("cmi.core.lesson_status");
    return { status, progress: 0, percent: Number(get("cmi.core.score.raw")) || 0, passed: status === "passed" };
  },

  // The status of the whole course: one word for completion and success. `passed` is null without final questions.
  status({ settled, passed }, before) {
    if (!settled && /^(completed|passed|failed|incomplete)$/.test(before.status)) return [];
    const result = passed === null ? "completed" : passed ? "passed" : "failed";
    return [["cmi.core.lesson_status", settled ? result : "incomplete"]];
  },

  score: ({ percent }) => [["cmi.core.score.min", "0"], ["cmi.core.score.max", "100"], ["cmi.core.score.raw", percent]],

  // The values of a lesson or of the final questions, below `cmi.objectives.n.`: one status, and no title.
  objective: (told) => [["status", told.success || told.completion], ["score.raw", told.percent]],

  // How choices are written (CMIFeedback): braces mean that all of them must be chosen.
  set: (letters) => (letters.length > 1 ? `{${letters.join(",")}}` : letters.join()),
  list: (letters) => letters.join(","),

  // The values of one answer, below `cmi.interactions.n.`.
  interaction: (answer) => [
    ["id", answer.id], ["time", clock(answer.begun)], ["type", answer.type],
    ...(answer.objective ? [["objectives.0.id", answer.objective]] : []),
    ...answer.patterns.map((pattern, at) => [`correct_responses.${at}.pattern`, pattern]), ["weighting", String(answer.weighting)],
    ["student_response", answer.response], ["result", answer.result === "incorrect" ? "wrong" : answer.result],
    ["latency", span(answer.latency)],
  ],
};

// The other side of SCORM 2004, where journeys are played: what an LMS gives a course at first, and what it shows of it.

export const given = { "cmi.learner_id": "learner", "cmi.learner_name": "Learner, A", "cmi.mode": "normal", "cmi.credit": "credit" };

// An attempt that was not suspended has ended, and the next one begins without its data (RTE 4.2.8).
export const isKept = (get) => get("cmi.exit") === "suspend";

export function recordOf(get) {
  const [completion, success, scaled] = ["cmi.completion_status", "cmi.success_status", "cmi.score.scaled"].map(get);
  return {
    status: completion && completion !== "unknown" ? completion : undefined,
    passed: success && success !== "unknown" ? success === "passed" : undefined,
    score: scaled === "" ? undefined : Number(scaled) * 100,
  };
}

export const isDone = (get, objective) => get(`${objective}.completion_status`) === "completed";

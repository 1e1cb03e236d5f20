// Runs in the page: the same calls through both engines, in turn; medians in microseconds a call.
async (version) => {
  const old = version === "1.2";
  const prefix = old ? "LMS" : "";
  const launch = { standard: version, values: { "cmi.learner_id": "l" }, stores: [], state: "new" };
  const makeOurs = () => {
    const session = new window.runtime.Runtime(window.table, launch, { applied() {} });
    return old ? window.runtime.api12(session) : window.runtime.api2004(session);
  };
  const settings = { autocommit: false, logLevel: 5, lmsCommitUrl: false };
  const makeTheirs = () => (old ? new window.Scorm12API(settings) : new window.Scorm2004API(settings));
  const names = old
    ? {
        place: "cmi.core.lesson_location", score: "cmi.core.score.raw",
        answer: "student_response", result: "wrong",
      }
    : { place: "cmi.location", score: "cmi.score.raw", answer: "learner_response", result: "incorrect" };
  const sets = [];
  for (let at = 0; at < 30; at++) {
    const one = `cmi.interactions.${at}`;
    sets.push([names.place, `page ${at}`], ["cmi.suspend_data", "s".repeat(3000 + at)], [names.score, String(at)]);
    sets.push([`${one}.id`, `q${at}`], [`${one}.type`, "choice"], [`${one}.correct_responses.0.pattern`, "a"]);
    sets.push([`${one}.${names.answer}`, "b"], [`${one}.result`, names.result], [`cmi.objectives.${at}.id`, `o${at}`]);
  }
  const gets = ["cmi.suspend_data", names.place, names.score, "cmi.interactions._count", "cmi.objectives._count"];
  for (let at = 0; at < 30; at++) gets.push(`cmi.objectives.${at}.id`);
  const timed = (make, rounds) => {
    let [set, get] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const api = make();
      if (api[`${prefix}Initialize`]("") !== "true") throw new Error("cannot start");
      const [write, read] = [`${prefix}SetValue`, `${prefix}GetValue`];
      const start = performance.now();
      for (const [name, value] of sets) if (api[write](name, value) !== "true") throw new Error(name);
      const between = performance.now();
      for (let turn = 0; turn < 20; turn++) for (const name of gets) api[read](name);
      get += performance.now() - between;
      set += between - start;
    }
    return { set: (set * 1000) / (rounds * sets.length), get: (get * 1000) / (rounds * gets.length * 20) };
  };
  const log = console.log;
  console.log = console.info = console.debug = console.warn = console.error = () => {};
  const runs = { ours: [], theirs: [] };
  timed(makeOurs, 20), timed(makeTheirs, 20);
  for (let run = 0; run < 15; run++) {
    runs.ours.push(timed(makeOurs, 10));
    runs.theirs.push(timed(makeTheirs, 10));
  }
  console.log = log;
  const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const of = (who, verb) => median(runs[who].map((run) => run[verb]));
  return { set: [of("ours", "set"), of("theirs", "set")], get: [of("ours", "get"), of("theirs", "get")] };
}

// Talks to the LMS, SCORM 1.2 or 2004; without one, remembers in the browser. Everything else asks only this.
window.courseware = {};
document.documentElement.classList.add("js");

(function (our) {
  "use strict";

  const NAMES = {
    scorm12: {
      object: "API",
      calls: ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError"],
      location: "cmi.core.lesson_location", suspend: "cmi.suspend_data", exit: "cmi.core.exit",
      time: "cmi.core.session_time", mode: "cmi.core.lesson_mode", score: "cmi.core.score.",
      status: "cmi.core.lesson_status",
    },
    scorm2004: {
      object: "API_1484_11",
      calls: ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError"],
      location: "cmi.location", suspend: "cmi.suspend_data", exit: "cmi.exit",
      time: "cmi.session_time", mode: "cmi.mode", score: "cmi.score.",
      completion: "cmi.completion_status", success: "cmi.success_status", progress: "cmi.progress_measure",
    },
  };

  // What an LMS says that will not be true on a second try: not implemented, read only, type, range.
  const FINAL = /^(20[1-5]|40[1-8])$/;
  // Some take only so many answers, and say "general failure" (351) to one more: those are let go after a while.
  const JOURNAL = /^cmi\.(interactions|objectives)\.\d+\./;
  const PATIENCE = 6;

  function find(name, call) {
    // Not a frame or an element of that name, which a browser makes a property of its window too.
    const held = (at) => at[name] && typeof at[name][call] !== "undefined" && at[name];
    const among = (start) => {
      let at = start;
      for (let step = 0; at && step < 100; step += 1) {
        try {
          const api = held(at);
          if (api) return api;
        } catch { /* another origin: its parent may be ours again */ }
        if (at.parent === at) return null;
        at = at.parent;
      }
      return null;
    };
    let opener = null;
    let top = null;
    try { opener = window.opener; } catch { /* cut off */ }
    try { top = window.top.opener; } catch { /* another origin */ }
    return among(window) || (opener && among(opener)) || (top && among(top)) || null;
  }

  const hundredths = (seconds) => Math.max(0, Math.floor(seconds * 100)) / 100;
  const two = (number) => String(number).padStart(2, "0");

  function timespan12(seconds) {
    const all = hundredths(seconds);
    const hours = Math.min(9999, Math.floor(all / 3600));
    const rest = (all % 60).toFixed(2).padStart(5, "0");
    return `${String(hours).padStart(4, "0")}:${two(Math.floor(all / 60) % 60)}:${rest}`;
  }

  function timespan2004(seconds) {
    const all = hundredths(seconds);
    const parts = [[Math.floor(all / 3600), "H"], [Math.floor(all / 60) % 60, "M"]];
    const rest = Number((all % 60).toFixed(2));
    const text = parts.filter(([n]) => n).map(([n, unit]) => n + unit).join("");
    return `PT${text}${rest || !text ? `${rest}S` : ""}`;
  }

  const clock12 = (when) => `${two(when.getHours())}:${two(when.getMinutes())}:${two(when.getSeconds())}`;
  // A time zone may only follow a fraction of a second, which has at most two digits.
  const stamp2004 = (when) => `${when.toISOString().slice(0, 22)}Z`;

  // One line of at most 250 characters, never half of a surrogate pair.
  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 250).replace(/[\uD800-\uDBFF]$/, "");
  // SCORM 2004 takes what does not say its language for English, and a brace for the start of a delimiter.
  const localised = (text, language) => (/^en\b/i.test(language) && !text.startsWith("{") ? "" : `{lang=${language}}`) + short(text);

  // One answer to one question, as the pairs to set below `cmi.interactions.n.`, in the order LMSs expect.
  // Braces say that all of them must be chosen (SCORM 1.2, CMIFeedback).
  const pattern12 = (letters) => (letters.length > 1 ? `{${letters.join(",")}}` : letters.join());

  function interaction12(answer) {
    return [
      ["id", answer.id], ["time", clock12(answer.begun)], ["type", "choice"],
      ...(answer.objective ? [["objectives.0.id", answer.objective]] : []),
      ["correct_responses.0.pattern", pattern12(answer.right)], ["weighting", String(answer.weighting)],
      ["student_response", answer.chosen.join(",")], ["result", answer.correct ? "correct" : "wrong"],
      ["latency", timespan12(answer.latency)],
    ];
  }

  function interaction2004(answer) {
    return [
      ["id", answer.id], ["type", "choice"],
      ...(answer.objective ? [["objectives.0.id", answer.objective]] : []),
      ["timestamp", stamp2004(answer.begun)],
      ["correct_responses.0.pattern", answer.right.join("[,]")], ["weighting", String(answer.weighting)],
      ["learner_response", answer.chosen.join("[,]")], ["result", answer.correct ? "correct" : "incorrect"],
      ["latency", timespan2004(answer.latency)], ["description", localised(answer.text, answer.language)],
    ];
  }

  // What is told of a lesson, or of the final questions, below `cmi.objectives.n.`; 1.2 has one status, no title.
  function objective12(told) {
    return [["status", told.success || told.completion], ["score.raw", told.percent]];
  }

  function objective2004(told) {
    return [
      ["description", localised(told.title, told.language)], ["progress_measure", told.progress], ["completion_status", told.completion],
      ["success_status", told.success], ["score.scaled", told.scaled],
    ];
  }

  function open(format, course) {
    const names = NAMES[format];
    const api = names && find(names.object, names.calls[0]);
    if (api) {
      const lms = connect(api, format, names);
      if (lms.initialise()) return lms;
      return Object.assign(alone(course), { refused: true });
    }
    return alone(course);
  }

  function connect(api, format, names) {
    const [INITIALISE, TERMINATE, GET, SET, COMMIT, ERROR] = names.calls;
    const waiting = new Map();
    const started = performance.now();
    const known = new Map();
    const refusals = new Map();
    let interactions = 0;
    let objectives = null;
    let places = 0;
    let closed = false;
    let dirty = false;

    const call = (name, ...values) => {
      try {
        return String(api[name](...values));
      } catch {
        return "false";
      }
    };
    const error = () => call(ERROR);
    const get = (element) => {
      const value = call(GET, element);
      return value === "false" || value === "null" || value === "undefined" ? "" : value;
    };

    // How many of a list the LMS holds; null where it says nothing that could be true.
    const counted = (list) => {
      const count = get(`${list}._count`);
      return /^[0-9]{1,5}$/.test(count) ? Number(count) : null;
    };

    // Refused again and again by an LMS that takes all else: the time is the first thing it is told in each save.
    const isHopeless = (element) => {
      const [, journal] = JOURNAL.exec(element) || [];
      if (!journal || waiting.has(names.time)) return false;
      const most = Math.max(refusals.get(journal) || 0, (refusals.get(element) || 0) + 1);
      refusals.set(most > PATIENCE ? journal : element, most);
      return most > PATIENCE;
    };

    // Keeps for another try what the LMS could not take now; a value that it can never take is let go.
    const put = (element, value) => {
      if (closed || (known.get(element) === value && !waiting.has(element))) return;
      dirty = true;
      // Behind an id that waits, where it would be refused for good: no record is there yet.
      const [record] = JOURNAL.exec(element) || [];
      if (record && element !== `${record}id` && waiting.has(`${record}id`)) return void waiting.set(element, value);
      if (call(SET, element, value) === "true") {
        known.set(element, value);
        waiting.delete(element);
      } else if (FINAL.test(error()) || isHopeless(element)) {
        waiting.delete(element);
      } else {
        waiting.set(element, value);
      }
    };

    // The objectives that the LMS holds already, by id, and what they say; null where it has none to give.
    const heldObjectives = () => {
      const count = counted("cmi.objectives");
      if (count === null) return null;
      const held = new Map();
      places = count;
      for (let at = 0; at < places; at += 1) {
        const base = `cmi.objectives.${at}.`;
        held.set(get(`${base}id`), at);
        for (const [key] of objectivePairs({ title: "", language: "" })) known.set(base + key, get(base + key));
      }
      return held;
    };

    // False where the next objective has to wait for this one's place.
    const objective = (told) => {
      if (!objectives) return false;
      const at = objectives.get(told.id) ?? places;
      const base = `cmi.objectives.${at}.`;
      if (!objectives.has(told.id)) {
        put(`${base}id`, told.id);
        if (waiting.has(`${base}id`)) return false;
        if (!known.has(`${base}id`)) objectives = null;
        if (!objectives) return false;
        objectives.set(told.id, at);
        places += 1;
      }
      const settled = /^(completed|passed|failed)$/.test(known.get(base + (names.status ? "status" : "completion_status")));
      for (const [key, value] of objectivePairs(told)) {
        if (value && !(settled && value === "incomplete")) put(base + key, value);
      }
      return true;
    };

    const save = () => {
      if (closed) return true;
      put(names.time, span((performance.now() - started) / 1000));
      for (const [element, value] of [...waiting]) put(element, value);
      if (!dirty && !waiting.size) return true;
      const taken = call(COMMIT, "") === "true";
      dirty = !taken || waiting.size > 0;
      return !dirty;
    };

    const span = format === "scorm12" ? timespan12 : timespan2004;
    const objectivePairs = format === "scorm12" ? objective12 : objective2004;
    const lms = {
      format, names, get, put, save, objective,
      local: false,
      initialise() {
        if (call(INITIALISE, "") !== "true" && !/^(101|103)$/.test(error())) return false;
        if (!names.status && !get(names.mode) && /^(112|122)$/.test(error())) return false;
        lms.mode = get(names.mode) || "normal";
        interactions = counted("cmi.interactions") || 0;
        lms.suspended = get(names.suspend);
        objectives = heldObjectives();
        return true;
      },
      record(answer) {
        const pairs = format === "scorm12" ? interaction12(answer) : interaction2004(answer);
        for (const [key, value] of pairs) put(`cmi.interactions.${interactions}.${key}`, value);
        interactions += 1;
      },
      close(exit, request) {
        if (closed) return true;
        for (const name of [names.exit, names.time]) known.delete(name); // said once more at the end, whatever was said before
        put(names.exit, exit);
        if (request && format === "scorm2004") put("adl.nav.request", request);
        const saved = save();
        const ended = call(TERMINATE, "") === "true";
        closed = true;
        return saved && ended;
      },
    };
    return lms;
  }

  // No LMS: the same verbs over localStorage, which holds the suspend data alone.
  function alone(course) {
    const key = `courseware:${course}`;
    const lms = {
      format: "", names: null, local: true, mode: "normal", kept: true, suspended: "",
      get: () => "", put() {}, record() {}, objective: () => false, save: () => lms.kept, close: () => lms.kept,
      keep(text) {
        try {
          window.localStorage.setItem(key, text);
          lms.kept = true;
        } catch {
          lms.kept = false;
        }
      },
    };
    try {
      lms.suspended = window.localStorage.getItem(key) || "";
    } catch {
      lms.kept = false;
    }
    return lms;
  }

  our.lms = { open };
})(window.courseware);

// Talks to the LMS by the standard of this package; without an LMS, stores in the browser. All other scripts use only this one.
window.courseware = {};
document.documentElement.classList.add("js");

(function (our) {
  "use strict";

  // Errors that a second try cannot mend: not implemented, read only, type, range.
  const FINAL = /^(20[1-5]|40[1-8])$/;
  // Some LMSs store a limited number of records and answer "general failure" (351) to more: those are dropped after some tries.
  const JOURNAL = /^cmi\.(interactions|objectives)\.\d+\./;
  const PATIENCE = 6;

  function find(name, call) {
    // A frame or an element of that name is a property of its window too; neither has the function.
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

  // The contacts of the learner's school: an LMS may offer them beside the functions of its API (decision 15).
  function offered(api) {
    try {
      return typeof api.schoolContacts === "object" ? api.schoolContacts : null;
    } catch {
      return null;
    }
  }

  const hundredths = (seconds) => Math.max(0, Math.floor(seconds * 100)) / 100;
  function open(course) {
    const api = find(our.standard.object, our.standard.calls[0]);
    if (api) {
      const lms = connect(api, our.standard);
      if (lms.initialise()) return lms;
      return Object.assign(alone(course), { refused: true });
    }
    return alone(course);
  }

  function connect(api, standard) {
    const [INITIALISE, TERMINATE, GET, SET, COMMIT, ERROR] = standard.calls;
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

    // The length of one of the LMS's lists; null where the answer cannot be right.
    const counted = (list) => {
      const count = get(`${list}._count`);
      return /^[0-9]{1,5}$/.test(count) ? Number(count) : null;
    };

    // True where the LMS has refused a value in several saves and accepted the session time, the first value of each.
    const isHopeless = (element) => {
      const [, journal] = JOURNAL.exec(element) || [];
      if (!journal || waiting.has(standard.time)) return false;
      const most = Math.max(refusals.get(journal) || 0, (refusals.get(element) || 0) + 1);
      refusals.set(most > PATIENCE ? journal : element, most);
      return most > PATIENCE;
    };

    // A refused value waits for another try; a value that the LMS can never accept is dropped.
    const put = (element, value, again = false) => {
      if (closed || (known.get(element) === value && !waiting.has(element))) return;
      dirty = true;
      // Waits behind its record's id: without that, the LMS would refuse it for good.
      const [record] = JOURNAL.exec(element) || [];
      if (record && element !== `${record}id` && waiting.has(`${record}id`)) return void waiting.set(element, value);
      if (call(SET, element, value) === "true") {
        known.set(element, value);
        waiting.delete(element);
      } else if (FINAL.test(error()) || (again && isHopeless(element))) {
        waiting.delete(element);
      } else {
        waiting.set(element, value);
      }
    };

    // The objectives that the LMS has stored, by id, with their values; null where it has no list.
    const heldObjectives = () => {
      const count = counted("cmi.objectives");
      if (count === null) return null;
      const held = new Map();
      places = count;
      for (let at = 0; at < places; at += 1) {
        const base = `cmi.objectives.${at}.`;
        held.set(get(`${base}id`), at);
        for (const [key] of standard.objective({ title: "", language: "" })) known.set(base + key, get(base + key));
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
      const settled = (key) => /^(completed|passed|failed)$/.test(known.get(base + key));
      for (const [key, value] of standard.objective(told)) {
        if (value && !(value === "incomplete" && settled(key))) put(base + key, value);
      }
      return true;
    };

    const tick = () => put(standard.time, standard.span(hundredths((performance.now() - started) / 1000)));

    const save = () => {
      if (closed) return true;
      tick();
      for (const [element, value] of [...waiting]) put(element, value, true);
      if (!dirty && !waiting.size) return true;
      const taken = call(COMMIT, "") === "true";
      dirty = !taken || waiting.size > 0;
      return !dirty;
    };

    const lms = {
      get, put, tick, save, objective,
      local: false, contacts: offered(api),
      initialise() {
        if (call(INITIALISE, "") !== "true" && !/^(101|103)$/.test(error())) return false;
        if (!get(standard.mode) && /^(112|122)$/.test(error())) return false;
        lms.mode = get(standard.mode) || "normal";
        interactions = counted("cmi.interactions") || 0;
        lms.suspended = get(standard.suspend);
        objectives = heldObjectives();
        return true;
      },
      record(answer) {
        const pairs = standard.interaction({ ...answer, latency: hundredths(answer.latency) });
        for (const [key, value] of pairs) put(`cmi.interactions.${interactions}.${key}`, value);
        interactions += 1;
      },
      close(exit, request) {
        if (closed) return true;
        for (const name of [standard.exit, standard.time]) known.delete(name); // both are sent again at the end
        put(standard.exit, exit);
        if (request && standard.request) put(standard.request, request);
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
      local: true, mode: "normal", kept: true, suspended: "",
      get: () => "", put() {}, tick() {}, record() {}, objective: () => false, save: () => lms.kept, close: () => lms.kept,
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

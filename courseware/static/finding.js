// Finds the LMS's API in the windows around this one (SCORM RTE 3.3), and what it offers beside it.

function among(start, name, call) {
  let at = start;
  for (let step = 0; at && step < 100; step += 1) {
    try {
      // A frame or an element of that name is a property of its window too; neither has the function.
      if (at[name]?.[call]) return at[name];
    } catch { /* another origin: its parent may be ours again */ }
    if (at.parent === at) return null;
    at = at.parent;
  }
  return null;
}

// Any window tells its top and its opener, to another origin too.
export function findApi(name, call) {
  for (const start of [window, window.opener, window.top.opener]) {
    const api = among(start, name, call);
    if (api) return api;
  }
  return null;
}

// The contacts of the learner's school: an LMS may offer them beside the functions of its API (decision 15).
export function offeredContacts(api) {
  try {
    return typeof api.schoolContacts === "object" ? api.schoolContacts : null;
  } catch {
    return null;
  }
}

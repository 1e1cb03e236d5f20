// The table of contents and the controls, exactly as an answer says they are.
import { glyph } from "./glyphs.js";
import { words } from "./words.js";

export class Contents {
  #nav;
  #drawn = "";

  constructor(nav, choose) {
    this.#nav = nav;
    nav.addEventListener("click", ({ target }) => {
      const control = target.closest("[data-item]");
      if (control && control.getAttribute("aria-disabled") !== "true") choose(control.dataset.item);
    });
  }

  /** Draws only what changed, and leaves the focus on the activity that had it. */
  show(activities) {
    const drawn = JSON.stringify(activities);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const focused = this.#nav.contains(document.activeElement) ? document.activeElement.dataset.item : null;
    this.#nav.replaceChildren(nested(seen(activities)));
    if (focused !== null) this.#nav.querySelector(`[data-item="${CSS.escape(focused)}"]`)?.focus();
  }

  /** "2 of 6 done", of the parts that can be seen; nothing where there is only one. */
  static summary(activities) {
    const parts = seen(activities).filter(({ cluster }) => !cluster);
    return parts.length > 1 ? words.done(parts.filter((part) => state(part) === "done").length, parts.length) : "";
  }
}

/** The root is the page's heading already, so it is listed only where choosing it leads further than a part does. */
function seen(activities) {
  const root = Math.min(...activities.map(({ level }) => level));
  const several = activities.filter(({ visible, cluster }) => visible && !cluster).length > 1;
  return activities.filter(({ visible, level, selectable, cluster }) => visible && (level > root || (selectable && several) || !cluster));
}

export function state({ completion_status: completion, success_status: success, current }) {
  if (success === "failed") return "back";
  if (completion === "completed" || (success === "passed" && completion === "unknown")) return "done";
  return completion === "incomplete" || current ? "half" : "none";
}

function nested(activities) {
  const top = document.createElement("ul");
  const open = [{ level: -Infinity, list: top }];
  for (const activity of activities) {
    while (open.length > 1 && open.at(-1).level >= activity.level) open.pop();
    const row = document.createElement("li");
    row.append(control(activity));
    if (activity.level === 0) row.className = "root";
    within(open.at(-1), top).append(row);
    open.push({ level: activity.level, list: null, row });
  }
  return top;
}

function within(parent, top) {
  if (!parent.row) return top;
  if (!parent.list) parent.row.append((parent.list = document.createElement("ul")));
  return parent.list;
}

function control(activity) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.item = activity.item;
  if (activity.cluster) button.classList.add("cluster");
  if (activity.current) button.setAttribute("aria-current", "true");
  if (!activity.selectable) button.setAttribute("aria-disabled", "true");
  const how = state(activity);
  const title = document.createElement("span");
  title.textContent = activity.title;
  const spoken = document.createElement("span");
  spoken.className = "unseen";
  spoken.textContent = `, ${words.state[how]}`;
  button.append(glyph(how), title, spoken);
  return button;
}

/** Hidden where it must not be shown, disabled where the request would be refused now. */
export function showControls(buttons, controls) {
  for (const button of buttons) {
    const how = controls[button.dataset.nav] ?? "hidden";
    button.hidden = how === "hidden";
    button.disabled = how !== "enabled";
  }
}

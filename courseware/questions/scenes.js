// Scenes: what a learner says or does leads from scene to scene, until one ends. The answer is the choices on the way.

import { all, one } from "../static/elements.js";
import { kinds } from "../static/kinds.js";
import { markOption } from "../static/question_form.js";

// The positions of the scenes that these choices lead through; a choice that leads nowhere ends it.
export function wayOf({ scenes }, given) {
  const way = [0];
  for (const choice of given) {
    const next = scenes[way[way.length - 1]].leads?.[choice];
    if (next === undefined) break;
    way.push(next);
  }
  return way;
}

export const lastOf = (question, given) => question.scenes[wayOf(question, given).pop()];

kinds.scenes = {
  read(form) {
    const chosen = one(".scene:not([hidden]):not([data-past]) input:checked", form);
    return chosen ? [...form.dataset.given, chosen.value] : [];
  },

  fill(form, question, given) {
    const area = one(".scenes", form);
    const scenes = all(".scene", area);
    const way = wayOf(question, given).map((at) => scenes.find((scene) => scene.dataset.scene === String(at)));
    area.append(...way, ...scenes.filter((scene) => !way.includes(scene)));
    for (const scene of scenes) scene.hidden = !way.includes(scene);
    way.forEach((scene, step) => settle(scene, given[step], area.dataset.chose));
    form.dataset.given = given.join("");
  },

  isWhole: (question, given) => given.length > 0,
  counts: (question, given) => (lastOf(question, given).well ? { right: 1, wrong: 0, of: 1 } : { right: 0, wrong: 1, of: 1 }),

  pack: (question, given) => given.join(""),
  unpack: (question, text) => [...text].slice(0, wayOf(question, [...text]).length - 1),

  mark() {},
  told: (form, question, given, shown, word) => ({ lead: word(lastOf(question, given).well ? "ended well" : "ended badly"), head: [], body: [] }),

  interactions: (question, given, standard) => [{ type: "sequencing", patterns: [], response: standard.list(given) }],
};

// What was chosen in a scene stays, with its reason; in the last one nothing is chosen yet.
function settle(scene, chosen, verdict) {
  scene.toggleAttribute("data-past", Boolean(chosen));
  for (const input of all("input", scene)) {
    input.checked = input.value === chosen;
    input.disabled = Boolean(chosen);
    markOption(input.closest(".option"), input.checked ? "chosen" : "", input.checked ? verdict : "");
  }
  for (const reason of all("[data-reason]", scene)) reason.hidden = reason.dataset.reason !== chosen;
}

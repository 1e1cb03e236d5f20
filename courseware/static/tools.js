// A player may show this bar's tools in a bar of its own (decision 9): messages lend them, and this bar goes.

import { all } from "./elements.js";

export function lendTools(screens) {
  const host = window.parent;
  const { bar } = document.body.dataset;
  if (host === window || !bar) return;
  const tools = all(bar === "help" ? ".bar .tool[data-opens=help]" : ".bar .tool")
    .map(({ dataset, textContent }) => ({ name: dataset.opens, text: textContent.trim() }));
  const say = (what) => host.postMessage({ courseware: what }, "*");
  window.addEventListener("message", ({ source, data }) => {
    const what = source === host && data && data.courseware;
    if (!what) return;
    if ("taken" in what) document.body.toggleAttribute("data-lent", what.taken === true);
    else if (tools.some(({ name }) => name === what.open)) screens.open(what.open, () => say({ closed: what.open }));
  });
  say({ tools });
}

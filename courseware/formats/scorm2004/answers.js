// How answers that are no choices are written in SCORM 2004 (RTE 4.2.9.1).

import { standard } from "./standard.js";

Object.assign(standard, {
  longest: 4000,
  pairs: (pairs) => pairs.map((pair) => pair.join("[.]")).join("[,]"),
  truth: String,
  range: (least, most) => `${least}[:]${most}`,
  longText: "long-fill-in",
  manyTexts: true,
});

// How answers that are no choices are written in SCORM 1.2 (CMIFeedback).

import { standard } from "./standard.js";

Object.assign(standard, {
  longest: 255,
  pairs: (pairs) => pairs.map((pair) => pair.join(".")).join(","),
  truth: (yes) => (yes ? "t" : "f"),
  range: (least, most) => (least === most ? least : ""), // one number only
  longText: "fill-in",
  manyTexts: false,
});

// The state of optional parts in suspend data (decision 2): format 3 is format 2 with the parts that were begun behind it.

import { readPart, writeState, writtenPart } from "./state.js";

const FORMAT_OF_PARTS = "3";
const OF_COURSE = 7; // fields: the format, the place, and five of the course
const OF_PART = 6; // its id, and the same five

// By the ids of the parts that the course has.
export function readParts(text, parts) {
  const fields = text.startsWith(`${FORMAT_OF_PARTS}~`) ? text.split("~") : [];
  const kept = new Map();
  for (let at = OF_COURSE; at < fields.length; at += OF_PART) kept.set(fields[at], fields.slice(at + 1, at + OF_PART));
  return new Map(parts.map((part) => [part.id, readPart(kept.get(part.id) || [], part)]));
}

// A part that nobody has begun takes no room.
export function writeParts(state, course, states) {
  const text = writeState(state, course);
  const behind = course.optional.flatMap((part) => {
    const fields = writtenPart(states.get(part.id), part);
    return fields.join() === writtenPart(readPart([], part), part).join() ? [] : [part.id, ...fields];
  });
  return behind.length ? [FORMAT_OF_PARTS + text.slice(1), ...behind].join("~") : text;
}

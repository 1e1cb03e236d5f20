// The final questions of a try, in their order; everything follows from a seed, so that it survives a resume.

import { hash24, text36 } from "./packing.js";

const MOST_SEEN = 300;

// Mulberry32: the same numbers from 0 to 1 in every browser.
function numbersFrom(seed) {
  let at = seed;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// Another order of the items (Fisher and Yates).
export function shuffled(items, seed) {
  const next = numbersFrom(hash24(seed));
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

export const newSeed = () => text36(1 + Math.floor(Math.random() * (2 ** 24 - 1)));

// A question is remembered as seen by half of its fingerprint: two that share it are taken for one, which harms nobody.
const markOf = (question) => question.fingerprint.slice(0, 2);

// The marks of seen questions, the oldest first.
export function seenAfter(seen, questions) {
  const marks = questions.map(markOf);
  return [...seen.filter((mark) => !marks.includes(mark)), ...new Set(marks)].slice(-MOST_SEEN);
}

// The questions of a try: those that were kept of an interrupted one, those that are always asked, then unseen ones, then
// those seen longest ago; so many of each objective as the author says, or so many of all.
export function drawn(asked, seed, seen, kept = []) {
  if (!asked.draw) return asked.shuffled ? inOrder(asked.questions, seed, kept) : asked.questions;
  const groups = Object.entries(asked.draw)
    .map(([objective, number]) => [asked.questions.filter((question) => objective === "*" || question.objective === objective), number]);
  const chosen = groups.flatMap(([group, number]) => chosenOf(group, number, seed, seen, kept, asked.isPreTest));
  return inOrder(chosen, seed, kept);
}

// A pre-test comes last to what the final questions ask of everybody.
function chosenOf(group, number, seed, seen, kept, isPreTest) {
  const rank = (question) => {
    if (kept.includes(question)) return -3;
    if (question.always) return isPreTest ? MOST_SEEN : -2;
    return seen.indexOf(markOf(question)); // -1: never seen
  };
  const mixed = shuffled(group, seed).map((question) => [rank(question), question]);
  return mixed.sort(([one], [other]) => one - other).slice(0, number).map(([, question]) => question);
}

// Kept questions stay where they were; the others follow in an order of their own.
function inOrder(questions, seed, kept) {
  const first = kept.filter((question) => questions.includes(question));
  return [...first, ...shuffled(questions.filter((question) => !first.includes(question)), `${seed}.order`)];
}

// The order in which a question's options are shown: letters that belong at the end stay there.
export function orderOf(letters, last, seed) {
  const free = [...letters].filter((letter) => !last.includes(letter));
  return [...shuffled(free, seed), ...[...letters].filter((letter) => last.includes(letter))];
}

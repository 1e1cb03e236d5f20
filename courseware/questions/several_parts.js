// What is said of an answer that has several parts.
export function toldOfParts({ right, wrong, of }, shown, word) {
  const good = right === of && !wrong;
  return {
    lead: shown ? word("the answer") : "",
    head: !shown && !good && of > 1 ? [word("right of", { right, of })] : [],
    body: [],
  };
}

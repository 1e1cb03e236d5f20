// The frame's texts, with the plural form that the language's rules choose.

function pluralRules(language) {
  try {
    return new Intl.PluralRules(language);
  } catch {
    return new Intl.PluralRules("en");
  }
}

const filled = (text, blanks) => Object.entries(blanks)
  .reduce((whole, [name, value]) => whole.split(`{${name}}`).join(String(value)), text);

// word("start"), word("question of", {number: 1, total: 5}), word.counted("tries left", 2), word.list(["1", "2"]).
export function wording({ words, language }) {
  const rules = pluralRules(language);
  const word = (key, blanks = {}) => filled(words[key] ?? key, blanks);
  word.counted = (key, n, blanks = {}) => {
    const text = (words[`${key} ${rules.select(n)}`] ?? words[`${key} other`] ?? key).replace("{n} ", `${n}\u00a0`);
    return filled(text, { n, ...blanks });
  };
  word.list = (items) => (items.length < 2
    ? items.join("")
    : word("and", { list: items.slice(0, -1).join(", "), last: items[items.length - 1] }));
  return word;
}

// The frame's texts, with the plural form that the language's rules choose; some numbers have a text of their own.

const filled = (text, blanks) => text.replace(/\{(\w+)\}/g, (blank, name) => blanks[name] ?? blank);

// word("start"), word("question of", {number: 1, total: 5}), word.counted("tries left", 2), word.list(["1", "2"]).
export function wording({ words, language }) {
  const rules = new Intl.PluralRules(language);
  const word = (key, blanks = {}) => filled(words[key] ?? key, blanks);
  word.counted = (key, n, blanks = {}) => {
    const text = (words[`${key} ${n}`] ?? words[`${key} ${rules.select(n)}`] ?? words[`${key} other`] ?? key).replace("{n} ", "{n}\u00a0");
    return filled(text, { n, ...blanks });
  };
  word.list = (items) => new Intl.ListFormat(language).format(items);
  return word;
}

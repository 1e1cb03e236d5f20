// Checks of values against their types, the browser's half of player/runtime/formats.py: each check returns a fault, or "".

const CHECKS = {
  string: () => "",
  vocabulary: (_, type, value) => (type.values.has(value) ? "" : "type"),
  match: (_, type, value) => (type.pattern.test(value) ? "" : "type"),
  language: (model, type, value) => {
    const match = type.pattern.exec(value);
    return match && (match[2] === undefined || model.languages.has(match[2].toLowerCase())) ? "" : "type";
  },
  real: (_, type, value) => {
    if (value === "" && type.blank) return "";
    if (!type.pattern.test(value)) return "type";
    const number = Number(value);
    return number < type.min || number > type.max ? "range" : "";
  },
  range: (_, type, value) => {
    const match = type.pattern.exec(value);
    return match && !(match[1] && match[2] && Number(match[1]) > Number(match[2])) ? "" : "type";
  },
  time: (_, type, value) => {
    const match = type.pattern.exec(value);
    if (!match) return "type";
    if (match[5] === undefined) return "";
    const [year, month, day] = [Number(match[1]), Number(match[3]), Number(match[5])];
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
    const longest = month === 2 ? 28 + leap : [4, 6, 9, 11].includes(month) ? 30 : 31;
    return day <= longest ? "" : "type";
  },
  langstring: (model, _, value) => (stripDelimiters(model, value, ["lang"]) === null ? "type" : ""),
  either: (model, type, value) => {
    const faults = type.of.map((name) => check(model, model.types[name], value));
    return faults.includes("") ? "" : faults.includes("range") ? "range" : "type";
  },
};

export function check(model, type, value) {
  if (type.kind !== "real" && type.max !== undefined && value.length > type.max) return "type";
  return CHECKS[type.kind](model, type, value);
}

function stripDelimiters(model, text, lead) {
  const seen = new Set();
  let value = text;
  for (let match = model.delimiter.exec(value); match; match = model.delimiter.exec(value)) {
    if (!lead.includes(match[1]) || seen.has(match[1])) break;
    if (check(model, model.types[model.delimiters[match[1]]], match[2])) return null;
    seen.add(match[1]);
    value = value.slice(match[0].length);
  }
  return value;
}

const splitNodes = (grammar, value) => (grammar.separator ? value.split(grammar.separator) : [value]);

export function checkGrammar(model, grammar, value) {
  const rest = stripDelimiters(model, value, grammar.lead ?? []);
  if (rest === null) return "type";
  if (rest === "" && grammar.empty) return "";
  const nodes = splitNodes(grammar, rest);
  if (grammar.distinct && new Set(nodes).size < nodes.length) return "type";
  return nodes.every((node) => isNode(model, grammar, node)) ? "" : "type";
}

function isNode(model, grammar, node) {
  const parts = grammar.pair ? node.split(grammar.pair) : [node];
  if (parts.length !== grammar.items.length || (grammar.some && !parts.some(Boolean))) return false;
  return !parts.some((part, at) => check(model, model.types[grammar.items[at]], part));
}

/** Returns a key that is the same for two equal correct patterns; sets are equal in any order. */
export function patternKey(grammar, value) {
  return grammar.unique === "set" ? splitNodes(grammar, value).sort().join(grammar.separator) : value;
}

// Values that no two records of a collection may share, looked up by hash: the browser's half of player/runtime/uniqueness.py.
import { patternKey } from "./formats.js";

const IDENTIFIER = {};

export class Uniqueness {
  #values; #counts;
  #indexes = new Map(); // by group, then by the way in which values are compared

  constructor(values, counts) {
    this.#values = values;
    this.#counts = counts;
  }

  /** Returns true where another record of the collection holds the value. */
  isTaken(address, value, grammar = IDENTIFIER) {
    if (!this.#indexes.has(address.group)) this.#indexes.set(address.group, new Map());
    const indexes = this.#indexes.get(address.group);
    if (!indexes.has(grammar.unique)) indexes.set(grammar.unique, this.#built(address, grammar));
    const { held } = indexes.get(grammar.unique);
    const key = patternKey(grammar, value);
    const own = this.#values.get(address.name);
    const others = (held.get(key) ?? 0) - (own !== undefined && patternKey(grammar, own) === key ? 1 : 0);
    return others > 0;
  }

  /** Updates the indexes for a value that is set. */
  change(address, before, after) {
    for (const index of this.#indexes.get(address.group)?.values() ?? []) {
      if (before !== undefined) add(index, before, -1);
      add(index, after, 1);
    }
  }

  #built(address, grammar) {
    const index = { grammar, held: new Map() };
    const { name } = address.collections.at(-1);
    const leaf = address.group.slice(name.length);
    for (let at = 0; at < (this.#counts.get(name) ?? 0); at++) {
      const value = this.#values.get(`${name}.${at}${leaf}`);
      if (value !== undefined) add(index, value, 1);
    }
    return index;
  }
}

function add({ grammar, held }, value, by) {
  const key = patternKey(grammar, value);
  const count = (held.get(key) ?? 0) + by;
  if (count) held.set(key, count);
  else held.delete(key);
}

// data_model.json, prepared for look-ups: the browser's half of player/runtime/table.py.

const CACHED_NAMES = 20000;
const CACHEABLE = 100; // characters of a name
const compiled = new WeakMap();

const whole = (pattern) => new RegExp(`^(?:${pattern})$`);
const place = (key, indices) => {
  let at = 0;
  return key.split(".").map((segment) => (segment === "n" ? indices[at++] : segment)).join(".");
};

export function compile(table) {
  let model = compiled.get(table);
  if (model) return model;
  const patterns = Object.fromEntries(Object.entries(table.patterns).map(([name, p]) => [name, whole(p)]));
  const types = {};
  for (const [name, type] of Object.entries(table.types)) {
    types[name] = { ...type, values: new Set(type.values), pattern: patterns[type.pattern] };
  }
  model = {
    types,
    index: whole(table.index),
    name: table.name,
    characters: table.characters,
    languages: new Set(table.languages.join(" ").split(" ")),
    target: whole(table.target),
    delimiter: new RegExp(`^(?:${table.delimiter})`),
    delimiters: table.delimiters,
    diagnostic: table.diagnostic,
    standards: Object.fromEntries(
      Object.entries(table.standards).map(([name, entry]) => [name, compileStandard(entry)]),
    ),
  };
  compiled.set(table, model);
  return model;
}

function compileStandard(entry) {
  const parents = new Set();
  const growing = new Set();
  const most = new Map();
  for (const [key, element] of Object.entries(entry.elements)) {
    const segments = key.split(".");
    if (element.max) most.set(key.slice(0, -"._count".length), element.max);
    segments.forEach((segment, at) => {
      if (at) parents.add(segments.slice(0, at).join("."));
      const settable = element.access === "rw" || element.access === "wo";
      if (segment === "n" && settable) growing.add(segments.slice(0, at).join("."));
    });
  }
  const elements = new Map(Object.entries(entry.elements));
  return { ...entry, elements, parents, growing, most, roots: new Set(entry.roots), addresses: new Map() };
}

/** Returns the address of an element, or null where the data model has no such element. */
export function addressOf(model, standard, name) {
  let address = standard.addresses.get(name);
  if (address !== undefined) return address;
  if (name.length > model.name) return null;
  address = resolve(model, standard, name);
  if (name.length >= CACHEABLE) return address;
  if (standard.addresses.size > CACHED_NAMES) standard.addresses.clear();
  standard.addresses.set(name, address);
  return address;
}

/** Returns true for the name of an element or of a part of one: `cmi.core`, `cmi.objectives.0`. */
export function isKnown(model, standard, name) {
  if (name.length > model.name) return false;
  const { key, indices } = generalise(model, name);
  const depth = key.split(".").filter((segment) => segment === "n").length;
  return depth === indices.length && (standard.parents.has(key) || standard.elements.has(key));
}

/** Reads an index of any length; ten digits are more than any collection has records. */
const number = (digits) => Number(digits.replace(/^0+/, "").slice(0, 10));

function generalise(model, name) {
  const target = model.target.exec(name);
  if (target) return { key: `${target[1]}{target}`, indices: [] };
  const segments = name.split(".");
  return {
    key: segments.map((segment) => (model.index.test(segment) ? "n" : segment)).join("."),
    indices: segments.filter((segment) => model.index.test(segment)).map(number),
  };
}

function resolve(model, standard, name) {
  const { key, indices } = generalise(model, name);
  const element = standard.elements.get(key);
  const keySegments = key.split(".");
  const depths = keySegments.flatMap((segment, at) => (segment === "n" ? [at] : []));
  if (!element || depths.length !== indices.length) return null;
  const collections = depths.map((at, depth) => {
    const collection = keySegments.slice(0, at).join(".");
    const grows = standard.growing.has(collection);
    return { name: place(collection, indices), index: indices[depth], grows, most: standard.most.get(collection) };
  });
  const type = model.types[element.type];
  const canonical = indices.length ? place(key, indices) : name;
  return {
    name: canonical, element, type, indices, collections,
    settable: ["rw", "wo", "store"].includes(element.access),
    group: element.unique || type.role === "correct" ? `${collections.at(-1).name}.${keySegments.at(-1)}` : "",
    needs: (element.needs ?? []).map((need) => place(need, indices)),
    by: type.by ? place(type.by, indices) : "",
    counts: element.count ? canonical.slice(0, -"._count".length) : "",
  };
}

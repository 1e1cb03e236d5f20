// The browser's interpreter of data_model.json, in the shape of player/runtime/interpreter.py.

import { check, checkGrammar } from "./formats.js";
import { addressOf, compile, isKnown } from "./model.js";
import { Uniqueness } from "./uniqueness.js";

class Refused {
  constructor(fault, why) {
    this.fault = fault;
    this.why = why;
  }
}

/**
 * The run-time data of one session. `hooks.applied(function, element, value, scarce)` is called after each call that changed state;
 * where it returns false, a Commit fails; `scarce` tells that more than half of the session's room is in use. `hooks.valid(element)`
 * answers adl.nav.request_valid: "true", "false" or "unknown".
 */
export class Runtime {
  #model; #standard; #hooks;
  #values = new Map(); #counts = new Map(); #access = [];
  #unique = new Uniqueness(this.#values, this.#counts);
  #room; #launch;
  #size = 0; // characters of the settable elements that are set, with their names
  #diagnostic = "";

  constructor(table, launch, hooks = {}) {
    this.#model = compile(table);
    this.#standard = this.#model.standards[launch.standard];
    if (!this.#standard) throw new Error(`no run-time data model for SCORM "${launch.standard}"`);
    this.#hooks = hooks;
    this.standard = launch.standard;
    this.state = launch.state ?? "new";
    this.lastError = "0";
    this.#room = launch.room ?? this.#model.characters.session;
    this.#launch = launch.room === undefined ? {} : { room: launch.room };
    for (const [name, value] of Object.entries(launch.values)) this.#keep(name, value);
    (launch.stores ?? []).forEach((store, at) => {
      this.#access.push(store.access);
      this.#keep(`adl.data.${at}.id`, store.id);
      if (store.value !== null) this.#keep(`adl.data.${at}.store`, store.value);
    });
  }

  get initialized() { return this.state === "running"; }
  get terminated() { return this.state === "ended"; }
  get values() { return Object.fromEntries(this.#values); }

  /** The SetValue calls that set again whatever the SCO may set and that is set. */
  get settingCalls() {
    const isSettable = (name) => ["rw", "wo"].includes(this.#address(name)?.element.access);
    return [...this.#values].filter(([name]) => isSettable(name)).map(([name, value]) => ["SetValue", name, value]);
  }

  get stores() {
    return this.#access.map((access, at) => ({
      id: this.#values.get(`adl.data.${at}.id`), access, value: this.#values.get(`adl.data.${at}.store`) ?? null,
    }));
  }

  /** Returns a value as the LMS sees it, also of write-only elements; null where there is none. */
  get(name) {
    const address = this.#address(name);
    return address ? this.#value(address) : null;
  }

  /** Returns the session as it is now, in the form of a launch. */
  snapshot() {
    const values = {};
    for (const [name, value] of this.#values) if (!name.startsWith("adl.data.")) values[name] = value;
    return { standard: this.standard, values, stores: this.stores, state: this.state, ...this.#launch };
  }

  /** Answers one call; the function is named without the prefix LMS. */
  call(name, first = "", second = "") {
    if (name === "GetValue") return this.getValue(first);
    if (name === "SetValue") return this.setValue(first, second);
    if (name === "GetLastError") return this.lastError;
    if (name === "GetErrorString") return this.#errorString(first);
    if (name === "GetDiagnostic") return this.#explain(first);
    return this.#perform(name, first);
  }

  getValue(name) {
    const code = this.#standard.functions.GetValue[this.state];
    if (code !== "0") return this.#answer("", code, "", "");
    try {
      const value = this.#read(name);
      return this.#answer("", "0", "", value);
    } catch (refusal) {
      return this.#refuse(refusal, name, "");
    }
  }

  setValue(name, value) {
    const code = this.#standard.functions.SetValue[this.state];
    if (code !== "0") return this.#answer("", code, "", "false");
    const before = this.#size;
    let address;
    try {
      address = this.#write(name, value);
    } catch (refusal) {
      return this.#refuse(refusal, name, "false");
    }
    this.#hooks.applied?.("SetValue", address.name, value, Math.max(before, this.#size) > this.#room / 2);
    return this.#answer("", "0", "", "true");
  }

  #perform(name, argument) {
    const { faults, functions } = this.#standard;
    if (!Object.hasOwn(functions, name)) return this.#answer(name, faults.argument, "is not a function", "false");
    if (argument !== "") return this.#answer(name, faults.argument, "takes an empty string", "false");
    const code = functions[name][this.state];
    if (code !== "0") return this.#answer("", code, "", "false");
    if (name === "Initialize") this.state = "running";
    if (name === "Terminate") this.state = "ended";
    const kept = this.#hooks.applied?.(name, "", "");
    if (name === "Commit" && kept === false) return this.#answer("", faults.commit, "", "false");
    return this.#answer("", "0", "", "true");
  }

  #answer(name, code, why, result) {
    this.lastError = code;
    this.#diagnostic = code === "0" ? "" : (name ? `${name}: ${why}` : why).slice(0, this.#model.diagnostic);
    return result;
  }

  #refuse(refusal, name, result) {
    if (!(refusal instanceof Refused)) throw refusal;
    return this.#answer(name, this.#standard.faults[refusal.fault], refusal.why, result);
  }

  #errorString(code) {
    return Object.hasOwn(this.#standard.errors, code) ? this.#standard.errors[code] : "";
  }

  #explain(code) {
    if ((code === "" || code === this.lastError) && this.#diagnostic) return this.#diagnostic;
    return this.#errorString(code || this.lastError);
  }

  #address(name) { return addressOf(this.#model, this.#standard, name); }

  #read(name) {
    const address = this.#address(name) ?? this.#missing(name, "get");
    const { access } = address.element;
    if (access === "wo") throw new Refused("write_only", "can be set, not read");
    for (const collection of address.collections) {
      const count = this.#count(collection.name);
      if (collection.index >= count) throw new Refused("index_get", `${collection.name} has ${count} records`);
    }
    if (access === "store" && ["write-only", "none"].includes(this.#access[address.indices[0]])) {
      throw new Refused("write_only", "the package maps it for writing only");
    }
    const value = this.#value(address);
    if (value !== null) return value;
    if (this.#standard.faults.unset === "0") return "";
    throw new Refused("unset", "has no value yet");
  }

  #write(name, value) {
    const address = this.#address(name) ?? this.#missing(name, "set");
    const { access } = address.element;
    if (access === "keyword") throw new Refused("keyword", "can be read, not set");
    if (access === "ro") throw new Refused("read_only", "can be read, not set");
    for (const collection of address.collections) this.#checkIndex(collection);
    if (access === "store" && ["read-only", "none"].includes(this.#access[address.indices[0]])) {
      throw new Refused("read_only", "the package maps it for reading only");
    }
    for (const need of address.needs) {
      if (!this.#values.has(need)) throw new Refused("dependency", `set ${need} first`);
    }
    const grammar = this.#grammar(address);
    if (grammar?.limit !== undefined && address.indices.at(-1) >= grammar.limit) {
      throw new Refused("too_many", `this type of interaction has ${grammar.limit} correct pattern`);
    }
    const more = this.#more(address, value);
    if (more > 0 && this.#size + more > this.#room) {
      throw new Refused("full", `${this.#size} of ${this.#room} characters are in use, and this needs ${more} more`);
    }
    this.#checkValue(address, grammar, value);
    this.#checkOthers(address, grammar, value);
    this.#store(address, value, more);
    return address;
  }

  #checkIndex({ name, index, grows, most }) {
    const count = this.#count(name);
    if (index < count) return;
    if (index > count || !grows) throw new Refused("index_set", `${name} has ${count} records`);
    if (count >= most) throw new Refused("full", `${name} has ${count} records, and may have ${most}`);
  }

  #missing(name, verb) {
    if (name === "") throw new Refused(`empty_${verb}`, "the name of an element is missing");
    const at = name.lastIndexOf(".");
    const [parent, last] = [name.slice(0, Math.max(at, 0)), name.slice(at + 1)];
    if ((last === "_children" || last === "_count") && isKnown(this.#model, this.#standard, parent)) {
      throw new Refused(verb === "set" ? "leaf_keyword_set" : `${last.slice(1)}_get`, `${parent} has no ${last}`);
    }
    const known = this.#standard.roots.has(name.split(".", 1)[0]);
    throw new Refused(known ? "undefined" : "foreign", "is not in the data model");
  }

  #grammar(address) {
    if (address.type.kind !== "grammar") return undefined;
    const kinds = this.#standard.interactions;
    const kind = this.#values.get(address.by) ?? "other";
    return (Object.hasOwn(kinds, kind) ? kinds[kind] : kinds.other)[address.type.role];
  }

  #checkValue(address, grammar, value) {
    const { type } = address;
    const fault = !grammar ? check(this.#model, type, value)
      : value.length > type.max ? "type" : checkGrammar(this.#model, grammar, value);
    if (!fault) return;
    const what = fault === "range" ? "is out of the range" : "does not have the form";
    throw new Refused(fault, `the value ${what} of ${address.element.type}`);
  }

  #checkOthers(address, grammar, value) {
    if (address.element.once && (this.#values.get(address.name) ?? value) !== value) {
      throw new Refused("rewritten", "is set already and stays");
    }
    if (address.element.unique && this.#unique.isTaken(address, value)) {
      throw new Refused("taken", "another record has this value");
    }
    if (grammar?.unique && this.#unique.isTaken(address, value, grammar)) {
      throw new Refused("taken", "another correct pattern says the same");
    }
  }

  /** Returns how many characters more are in use with the value in place; they are those of names and values. */
  #more(address, value) {
    const before = this.#values.get(address.name);
    return value.length - (before === undefined ? -address.name.length : before.length);
  }

  #value(address) {
    const { element, name } = address;
    if (element.constant !== undefined) return element.constant;
    if (element.count) return String(this.#count(address.counts));
    if (element.asked) return this.#hooks.valid?.(name) ?? element.default;
    if (element.judged && this.#values.has(element.judged.threshold)) return this.#judge(element.judged);
    const value = this.#values.get(name) ?? element.default ?? null;
    return value === "" && element.empty_is_unset ? null : value;
  }

  #judge(rule) {
    if (!this.#values.has(rule.measure)) return rule.unmeasured;
    const met = Number(this.#values.get(rule.measure)) >= Number(this.#values.get(rule.threshold));
    return met ? rule.met : rule.unmet;
  }

  #count(collection) { return this.#counts.get(collection) ?? 0; }

  #keep(name, value) {
    const address = this.#address(name);
    if (address) this.#store(address, value, this.#more(address, value));
    else this.#values.set(name, value);
  }

  #store(address, value, more) {
    if (address.group) this.#unique.change(address, this.#values.get(address.name), value);
    this.#values.set(address.name, value);
    if (address.settable) this.#size += more;
    for (const { name, index } of address.collections) {
      if (index >= this.#count(name)) this.#counts.set(name, index + 1);
    }
  }
}

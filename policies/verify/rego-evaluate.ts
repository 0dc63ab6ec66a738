import { isDeepStrictEqual } from "node:util";
import type { Expression, RegoModule, RegoRule, Term } from "./rego-parse";

/** Nothing: in Rego what is not there is neither true nor false. */
const UNDEFINED = Symbol("undefined");
type Value = unknown;
type Names = Readonly<Record<string, Value>>;

const isRecord = (value: Value): value is Record<string, Value> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Set);

/** Of the long text that was counted last: a megabyte is asked for its length by rule after rule. */
const counted = { text: "", characters: 0 };
const LONG = 1_000;

function characters(text: string): number {
  if (text.length < LONG) return Array.from(text).length;
  if (text !== counted.text) Object.assign(counted, { text, characters: Array.from(text).length });
  return counted.characters;
}

const CALLS: Readonly<Record<string, (of: Value) => Value>> = {
  count: (of) =>
    typeof of === "string"
      ? characters(of)
      : Array.isArray(of)
        ? of.length
        : of instanceof Set
          ? of.size
          : isRecord(of)
            ? Object.keys(of).length
            : UNDEFINED,
  is_string: (of) => typeof of === "string",
  is_array: (of) => Array.isArray(of),
  is_object: isRecord,
  is_boolean: (of) => typeof of === "boolean",
};

const isScalar = (value: Value) => value === null || ["string", "number", "boolean"].includes(typeof value);

function entriesOf(value: Value): [Value, Value][] {
  if (Array.isArray(value)) return value.map((item, place) => [place, item]);
  if (value instanceof Set) return [...value].map((item) => [item, item]);
  return isRecord(value) ? Object.entries(value) : [];
}

function compared(op: string, left: Value, right: Value): boolean {
  if (left === UNDEFINED || right === UNDEFINED) return false;
  if (op === "in")
    return right instanceof Set
      ? right.has(left)
      : entriesOf(right).some(([, item]) => isScalar(item) && item === left);
  if (op === "==" || op === "!=") return isDeepStrictEqual(left, right) === (op === "==");
  if (typeof left !== "number" || typeof right !== "number") throw new Error("only numbers are ordered here");
  return op === "<=" ? left <= right : left >= right;
}

/** One question to a module: its names are worked out once each, as they are asked for. */
class Evaluation {
  private readonly known = new Map<string, Value>();
  constructor(
    private readonly rules: ReadonlyMap<string, readonly RegoRule[]>,
    private readonly documents: { input: Value; data: Value },
  ) {}

  /** What a rule's name stands for. */
  valueOf(name: string): Value {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const value = this.work(this.rules.get(name) ?? []);
    this.known.set(name, value);
    return value;
  }

  private work(rules: readonly RegoRule[]): Value {
    if (rules.some(({ contains }) => contains !== null)) {
      const found = new Set<Value>();
      for (const { contains, body } of rules)
        this.each(body, 0, {}, (names) => {
          if (contains !== null) found.add(this.term(contains, names));
          return false;
        });
      return found;
    }
    let value: Value = UNDEFINED;
    for (const one of rules)
      if (!one.isDefault && value === UNDEFINED)
        this.each(one.body, 0, {}, (names) => {
          value = this.term(one.value, names);
          return true;
        });
    const otherwise = rules.find(({ isDefault }) => isDefault);
    return value === UNDEFINED && otherwise !== undefined ? this.term(otherwise.value, {}) : value;
  }

  private term(term: Term, names: Names): Value {
    switch (term.kind) {
      case "value":
        return term.value;
      case "call":
        return this.call(term.name, this.term(term.of, names));
      case "ref":
        return this.found(this.term(term.of, names), this.term(term.key, names));
      case "name":
        if (term.name === "input") return this.documents.input;
        if (term.name === "data") return this.documents.data;
        return Object.hasOwn(names, term.name) ? names[term.name] : this.rule(term.name);
    }
  }

  private rule(name: string): Value {
    if (!this.rules.has(name)) throw new Error(`${name} is nothing that this module knows`);
    return this.valueOf(name);
  }

  private call(name: string, of: Value): Value {
    return of === UNDEFINED ? UNDEFINED : (CALLS[name]?.(of) ?? UNDEFINED);
  }

  private found(of: Value, key: Value): Value {
    if (Array.isArray(of) && typeof key === "number") return key in of ? (of[key] as Value) : UNDEFINED;
    return isRecord(of) && typeof key === "string" && Object.hasOwn(of, key) ? of[key] : UNDEFINED;
  }

  /** Calls `then` with each way in which a body from a line on holds, until it says that it has seen enough. */
  private each(body: readonly Expression[], from: number, names: Names, then: (names: Names) => boolean): boolean {
    const line = body[from];
    if (line === undefined) return then(names);
    const on = (more: Names) => this.each(body, from + 1, more, then);
    switch (line.kind) {
      case "not":
        return this.each([line.of], 0, names, () => true) ? false : on(names);
      case "holds": {
        const value = this.term(line.term, names);
        return value !== UNDEFINED && value !== false && on(names);
      }
      case "compare":
        return compared(line.op, this.term(line.left, names), this.term(line.right, names)) && on(names);
      case "assign": {
        const value = this.term(line.to, names);
        return value !== UNDEFINED && on({ ...names, [line.name]: value });
      }
      case "some":
        return entriesOf(this.term(line.in, names)).some(([key, value]) =>
          on({ ...names, ...(line.key === null ? {} : { [line.key]: key }), [line.name]: value }),
        );
    }
  }
}

export interface RegoAnswer {
  allow: boolean;
  matched: string[];
  denied: string[];
  obligations: unknown[];
}

const listOf = (value: Value): unknown[] => (value instanceof Set ? [...(value as Set<unknown>)] : []);

/** A module's answers to requests, given the documents below `data`. */
export function answering({ rules }: RegoModule, data: unknown): (input: unknown) => RegoAnswer {
  const byName = Map.groupBy(rules, ({ name }) => name);
  for (const name of ["allow", "matched", "denied", "obligations"])
    if (!byName.has(name)) throw new Error(`the module says nothing about ${name}`);
  return (input) => {
    const asked = new Evaluation(byName, { input, data });
    return {
      allow: asked.valueOf("allow") === true,
      matched: (listOf(asked.valueOf("matched")) as string[]).sort(),
      denied: (listOf(asked.valueOf("denied")) as string[]).sort(),
      obligations: listOf(asked.valueOf("obligations")),
    };
  };
}

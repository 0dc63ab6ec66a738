/**
 * The part of Rego that `policies/compile/rego.ts` emits, read from its text. Whatever is not of it is refused: what this
 * reader does not understand, it must not judge.
 */
export type Term =
  | { kind: "value"; value: string | number | boolean | ReadonlySet<string> }
  | { kind: "name"; name: string }
  | { kind: "ref"; of: Term; key: Term }
  | { kind: "call"; name: string; of: Term };

export type Expression =
  | { kind: "not"; of: Expression }
  | { kind: "some"; key: string | null; name: string; in: Term }
  | { kind: "assign"; name: string; to: Term }
  | { kind: "compare"; op: "==" | "!=" | "<=" | ">=" | "in"; left: Term; right: Term }
  | { kind: "holds"; term: Term };

/** `contains`: the element that it puts into the set of its name. `value`: what its name stands for. */
export interface RegoRule {
  name: string;
  contains: Term | null;
  value: Term;
  isDefault: boolean;
  body: readonly Expression[];
}

export interface RegoModule {
  package: string;
  rules: readonly RegoRule[];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[a-z_A-Z][a-z_A-Z0-9]*|\d+|:=|==|!=|<=|>=|[{}[\](),.]|\n/g;
const CALLS = ["count", "is_string", "is_array", "is_object", "is_boolean"];
const COMPARISONS = ["==", "!=", "<=", ">=", "in"] as const;
const TRUE: Term = { kind: "value", value: true };

const tokensOf = (text: string): string[] => {
  const bare = text.replaceAll(/^#.*$/gm, "");
  const left = bare.replaceAll(TOKEN, "").trim();
  if (left !== "") throw new Error(`not of the Rego that is read here: ${left.slice(0, 40)}`);
  return bare.match(TOKEN) ?? [];
};

class Reader {
  private place = 0;
  constructor(private readonly tokens: readonly string[]) {}

  peek(): string {
    return this.tokens[this.place] ?? "";
  }
  next(): string {
    this.place += 1;
    return this.tokens[this.place - 1] ?? "";
  }
  takes(token: string): boolean {
    if (this.peek() !== token) return false;
    this.place += 1;
    return true;
  }
  expect(token: string): void {
    const found = this.next();
    if (found !== token) throw new Error(`expected ${JSON.stringify(token)}, found ${JSON.stringify(found)}`);
  }
  name(): string {
    const found = this.next();
    if (!/^[a-z_A-Z]\w*$/.test(found)) throw new Error(`expected a name, found ${JSON.stringify(found)}`);
    return found;
  }
  /** Whether nothing but this comes any more, after empty lines. */
  ends(token: string): boolean {
    while (this.takes("\n"));
    return this.peek() === token;
  }
  path(): string {
    const parts = [this.name()];
    while (this.takes(".")) parts.push(this.name());
    return parts.join(".");
  }

  private word(): string {
    const token = this.next();
    if (!token.startsWith('"')) throw new Error(`expected a word, found ${JSON.stringify(token)}`);
    return JSON.parse(token) as string;
  }
  private plainTerm(): Term {
    const token = this.peek();
    if (token.startsWith('"')) return { kind: "value", value: this.word() };
    if (/^\d/.test(token)) return { kind: "value", value: Number(this.next()) };
    if (this.takes("{")) {
      const words = new Set([this.word()]);
      while (this.takes(",")) words.add(this.word());
      this.expect("}");
      return { kind: "value", value: words };
    }
    const name = this.name();
    if (name === "true" || name === "false") return { kind: "value", value: name === "true" };
    if (!this.takes("(")) return { kind: "name", name };
    if (!CALLS.includes(name)) throw new Error(`${name}() is not known here`);
    const of = this.term();
    this.expect(")");
    return { kind: "call", name, of };
  }
  term(): Term {
    let term = this.plainTerm();
    for (;;) {
      if (this.takes(".")) term = { kind: "ref", of: term, key: { kind: "value", value: this.name() } };
      else if (this.takes("[")) {
        term = { kind: "ref", of: term, key: this.term() };
        this.expect("]");
      } else return term;
    }
  }
  expression(): Expression {
    if (this.takes("not")) return { kind: "not", of: this.expression() };
    if (this.takes("some")) {
      const first = this.name();
      const second = this.takes(",") ? this.name() : null;
      this.expect("in");
      const found = this.term();
      return second === null
        ? { kind: "some", key: null, name: first, in: found }
        : { kind: "some", key: first, name: second, in: found };
    }
    const left = this.term();
    if (left.kind === "name" && this.takes(":=")) return { kind: "assign", name: left.name, to: this.term() };
    const op = COMPARISONS.find((one) => one === this.peek());
    if (op === undefined) return { kind: "holds", term: left };
    this.next();
    return { kind: "compare", op, left, right: this.term() };
  }
  body(): Expression[] {
    if (!this.takes("if")) return [];
    if (!this.takes("{")) return [this.expression()];
    const body: Expression[] = [];
    while (!this.ends("}")) {
      body.push(this.expression());
      if (this.peek() !== "}") this.expect("\n");
    }
    this.expect("}");
    if (body.length === 0) throw new Error("a body must say something");
    return body;
  }
  rule(): RegoRule {
    const isDefault = this.takes("default");
    const name = this.name();
    const contains = this.takes("contains") ? this.term() : null;
    const value = contains === null && this.takes(":=") ? this.term() : TRUE;
    return { name, contains, value, isDefault, body: this.body() };
  }
}

/** Reads a module; throws Error for what is not of the part of Rego that is emitted. */
export function parseRego(text: string): RegoModule {
  const reader = new Reader(tokensOf(text));
  if (reader.ends("")) throw new Error("there is no text");
  reader.expect("package");
  const named = reader.path();
  const rules: RegoRule[] = [];
  while (!reader.ends(""))
    if (reader.takes("import")) {
      if (!reader.path().startsWith("future.keywords.")) throw new Error("only keywords are imported");
    } else rules.push(reader.rule());
  return { package: named, rules };
}

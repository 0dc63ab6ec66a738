import type { Expected } from "./catalogue";

type WrittenFunction = Expected["functions"][number];
type WrittenTrigger = Expected["triggers"][number];

const FUNCTION = /create (?:or replace )?function ([\w".]+)\s*\(([^)]*)\)([\s\S]*?)\bas \$\$([\s\S]*?)\$\$/iy;
const TRIGGER =
  /create (?:or replace )?(?:constraint )?trigger "?(\w+)"?[\s\S]*?\bon ([\w".]+)[\s\S]*?execute function [\w".]+\(\)/iy;
const DROP_FUNCTION = /drop function (?:if exists )?([\w".]+)\s*\(([^)]*)\)/iy;
const DROP_TRIGGER = /drop trigger (?:if exists )?"?(\w+)"? on ([\w".]+)/iy;

/** Types whose short names the catalogue does not use. */
const LONG_NAMES: Readonly<Record<string, string>> = {
  timestamptz: "timestamp with time zone",
  int: "integer",
  float8: "double precision",
};

const plain = (name: string) => name.replaceAll('"', "");
const withSchema = (name: string) => (name.includes(".") ? plain(name) : `public.${plain(name)}`);

/** `"tenant" text, "ids" text[]`, or types alone, as `text, text[]`. */
function argumentTypes(written: string): string {
  const types = written
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => (one.startsWith('"') ? one.replace(/^"[^"]+"\s+/, "") : one).toLowerCase());
  return types.map((type) => type.replace(/^\w+/, (word) => LONG_NAMES[word] ?? word)).join(", ");
}

function functionOf([statement, name = "", args = "", header = "", body = ""]: RegExpExecArray): WrittenFunction {
  const says = (word: RegExp) => word.test(header);
  return {
    ...{ name: withSchema(name), args: argumentTypes(args), body },
    language: /\blanguage (\w+)/i.exec(header)?.[1]?.toLowerCase() ?? "sql",
    volatility: says(/\bimmutable\b/i) ? "immutable" : says(/\bstable\b/i) ? "stable" : "volatile",
    isDefiner: says(/\bsecurity definer\b/i),
    config: [...header.matchAll(/\bset (\w+) = (\w+)/gi)].map(([, key = "", value = ""]) => `${key}=${value}`).sort(),
    statement: statement.replace(/^create (or replace )?/i, "create or replace "),
  };
}

const callOf = ({ name, args }: { name: string; args: string }) => `${name}(${args})`;

/**
 * The functions and triggers that migrations leave behind, in the order in which they were first made: what each of their
 * files makes, replaces and drops, one after another.
 */
export function writtenObjects(migrations: readonly string[]): Pick<Expected, "functions" | "triggers"> {
  const functions = new Map<string, WrittenFunction>();
  const triggers = new Map<string, WrittenTrigger>();
  for (const text of migrations)
    for (const { index } of text.matchAll(/^(create|drop)\s/gim)) {
      const at = (pattern: RegExp) => {
        pattern.lastIndex = index;
        return pattern.exec(text);
      };
      const made = at(FUNCTION);
      if (made !== null) functions.set(callOf(functionOf(made)), functionOf(made));
      const gone = at(DROP_FUNCTION);
      if (gone !== null) functions.delete(`${withSchema(gone[1] ?? "")}(${argumentTypes(gone[2] ?? "")})`);
      const [definition, name = "", table = ""] = at(TRIGGER) ?? [];
      if (definition !== undefined)
        triggers.set(`${name} ${withSchema(table)}`, { table: withSchema(table), name, definition });
      const dropped = at(DROP_TRIGGER);
      if (dropped !== null) triggers.delete(`${dropped[1] ?? ""} ${withSchema(dropped[2] ?? "")}`);
    }
  return { functions: [...functions.values()], triggers: [...triggers.values()] };
}

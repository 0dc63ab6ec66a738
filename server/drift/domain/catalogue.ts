/** What a database's own catalogue says, as far as it stands between tenants. */
export interface Catalogue {
  relations: { table: string; kind: string; owner: string; hasRls: boolean; isForced: boolean }[];
  policies: FoundPolicy[];
  /** Of tables and of single columns, to everybody but their owner and those who read everything anyway. */
  grants: { table: string; column: string | null; grantee: string; verb: string }[];
  functions: FoundFunction[];
  triggers: { table: string; name: string; isOn: boolean; definition: string }[];
  rules: { table: string; name: string }[];
  roles: FoundRole[];
}

export interface FoundPolicy {
  table: string;
  name: string;
  isRestrictive: boolean;
  command: string;
  roles: string[];
  using: string | null;
  check: string | null;
}

export interface FoundFunction extends FunctionFacts {
  owner: string;
}

interface FunctionFacts {
  /** With its schema. */
  name: string;
  /** Types of its arguments, as the catalogue writes them. */
  args: string;
  body: string;
  language: string;
  volatility: "immutable" | "stable" | "volatile";
  isDefiner: boolean;
  /** `name=value`. */
  config: string[];
}

export interface FoundRole {
  name: string;
  /** Attributes that are on. */
  attributes: string[];
  memberOf: string[];
  /** Settings that each of its sessions begins with, `name=value`. */
  config: string[];
}

/** What the code says of the same. Each part carries the statements that make it so. */
export interface Expected {
  owner: string;
  tables: {
    table: string;
    isWalled: boolean;
    policies: { name: string; definition: Omit<FoundPolicy, "table" | "name">; statements: string[] }[];
    grants: { role: string; verbs: string[]; statements: string[] }[];
  }[];
  functions: (FunctionFacts & { statement: string })[];
  triggers: { table: string; name: string; definition: string }[];
  roles: FoundRole[];
}

/**
 * A piece of SQL as it is compared: Postgres writes what it was given back with casts, brackets, names and spaces of its own.
 * Texts in quotes stay as they are.
 */
export function canonicalSql(text: string): string {
  return text
    .replaceAll(/\bnot in \(([^()]*)\)/gi, "<> all array[$1]")
    .replaceAll(/\bin \(([^()]*)\)/gi, "= any array[$1]")
    .split(/('(?:[^']|'')*')/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replaceAll('"', "")
            .toLowerCase()
            .replaceAll(/::[a-z_]+(\[\])?/g, "")
            .replaceAll(/\bas nullif\b/g, "")
            .replaceAll(/\b(or replace|public\.)/g, "")
            .replaceAll(/[\s()]+/g, " ")
            .replaceAll(/ ?([,=;]) ?/g, "$1"),
    )
    .join("")
    .replaceAll(/\s+/g, "")
    .replace(/;$/, "");
}

import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, check } from "drizzle-orm/pg-core";

const quoted = (words: readonly string[]): SQL => sql.raw(words.map((word) => `'${word}'`).join(", "));

/** The column holds one word of a closed list. The words come from code, never from a person. */
export const oneOf = (name: string, column: AnyPgColumn, words: readonly string[]) =>
  check(name, sql`${column} in (${quoted(words)})`);

/** The array column holds at least one word, and only words of a closed list. */
export const someOf = (name: string, column: AnyPgColumn, words: readonly string[]) =>
  check(name, sql`cardinality(${column}) > 0 and ${column} <@ array[${quoted(words)}]::text[]`);

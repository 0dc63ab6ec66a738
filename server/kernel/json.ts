import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** What JSON can hold. An object's undefined property is one it does not have: every writer of JSON leaves it out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** True for what JSON calls an object: neither a list nor null. */
export const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Levels that a value from outside may be nested: more than any form has, far fewer than a call stack. */
export const MAX_DEPTH = 100;

/**
 * What keeps a value from outside from being stored and hashed, in words; null when nothing does. It loops where
 * validation and serialisation recurse, so it comes before them.
 */
export function jsonFault(value: unknown): string | null {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const { value: inner, depth } = top;
    if (typeof inner === "string" && !inner.isWellFormed()) return "must not hold half of a surrogate pair";
    if (typeof inner !== "object" || inner === null) continue;
    if (depth === MAX_DEPTH) return `must be nested at most ${MAX_DEPTH} levels deep`;
    const parts = Array.isArray(inner)
      ? inner
      : [...Object.keys(inner), ...Object.values(inner as Record<string, unknown>)];
    for (const part of parts) open.push({ value: part, depth: depth + 1 });
  }
  return null;
}

/** Parses JSON; throws SyntaxError, and RangeError for a whole number that would come to another one. */
export function parseJson(text: string): unknown {
  // Only with so many digits in a row can there be one.
  if (!/\d{16}/.test(text)) return JSON.parse(text) as unknown;
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    const source = context?.source ?? "";
    if (typeof value === "number" && /^-?\d+$/.test(source) && !Number.isSafeInteger(value))
      throw new RangeError(`the number ${source.slice(0, 40)} cannot be kept exactly; send it as a text`);
    return value;
  }) as unknown;
}

/** True for what JSON.stringify writes as RFC 8785 has it: plain values, finite and well-formed, with names in their order. */
function isInOrder(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return typeof value === "boolean";
  if (value === null) return true;
  if (depth === MAX_DEPTH || "toJSON" in value) return false;
  if (Array.isArray(value)) return value.every((inner) => isInOrder(inner, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  let last = "";
  for (const name in value) {
    if (name < last || !name.isWellFormed() || !isInOrder((value as Record<string, unknown>)[name], depth + 1))
      return false;
    last = name;
  }
  return true;
}

/** RFC 8785 text of a JSON value: the same value always gives the same bytes. Throws on what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  // What was canonical once is so again, and the engine writes it several times as fast.
  const text = isInOrder(value) ? JSON.stringify(value) : canonicalize(value);
  if (text === undefined) throw new TypeError("value has no JSON form");
  return text;
}

/** `sha256:<64 hex>` over the UTF-8 bytes of a text. */
export function digestText(text: string): string {
  return `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`;
}

/** `sha256:<64 hex>` over the canonical JSON of a value. */
export function digestJson(value: unknown): string {
  return digestText(canonicalJson(value));
}

import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** What JSON can hold. An object's undefined property is one it does not have: every writer of JSON leaves it out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** RFC 8785 text of a JSON value: the same value always gives the same bytes. Throws on what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
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

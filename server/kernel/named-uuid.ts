import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "./json";

/** A UUID of version 5's form from what it names, so that the same thing has the same id (RFC 9562, 5.5, over SHA-256). */
export function namedUuid(named: Json): string {
  const hash = createHash("sha256").update(canonicalJson(named), "utf8").digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

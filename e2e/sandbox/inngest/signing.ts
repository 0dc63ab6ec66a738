import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import canonicalize from "canonicalize";

/** How old a signature may be, in seconds, as the protocol has it. */
const VALID_FOR_SECONDS = 300;

const prefixOf = (key: string) => /^signkey-\w+-/.exec(key)?.[0] ?? "";
const secretOf = (key: string) => key.slice(prefixOf(key).length);

const macOf = (text: string, key: string, at: string) =>
  createHmac("sha256", secretOf(key)).update(text).update(at).digest("hex");

/** The header that signs a body: over its canonical JSON (RFC 8785) and the second at which it was made. */
export function signatureOf(body: unknown, key: string, nowMs: number): string {
  const at = String(Math.floor(nowMs / 1_000));
  return `t=${at}&s=${macOf(canonicalize(body) ?? "", key, at)}`;
}

/** Why an answer's signature does not hold; null when it does. An answer is signed over its very text. */
export function signatureFault(text: string, header: string | null, key: string, nowMs: number): string | null {
  if (header === null) return "it is not signed";
  const params = new URLSearchParams(header);
  const at = params.get("t") ?? "";
  const age = Math.abs(nowMs / 1_000 - Number(at));
  if (!/^\d+$/.test(at) || age > VALID_FOR_SECONDS) return "its signature is not of now";
  const [given, due] = [Buffer.from(params.get("s") ?? ""), Buffer.from(macOf(text, key, at))];
  return given.length === due.length && timingSafeEqual(given, due) ? null : "its signature is another key's";
}

/** How the SDK proves itself to the server: the key's hash as a bearer token. */
export const bearerOf = (key: string): string =>
  `Bearer ${prefixOf(key)}${createHash("sha256")
    .update(Buffer.from(secretOf(key), "hex"))
    .digest("hex")}`;

import { createHmac, timingSafeEqual } from "node:crypto";

/** How far a message's moment may lie from ours, either way (seconds): Standard Webhooks' own proposal. */
const TOLERANCE_SECONDS = 300;

/** Hours that the secret before a rotation goes on, at most, and where nobody says. */
export const GRACE_HOURS_MAX = 168;
export const GRACE_HOURS = 24;

const PREFIX = "whsec_";
/** More than any sender gives that signs with an old and a new secret. */
const SIGNATURES_MAX = 5;

/** What a message says of itself in its headers (standardwebhooks.com, version 1). */
export interface MessageHeaders {
  id: string;
  timestamp: string;
  signature: string;
}

/** Randomness (24 to 64 bytes) as a signing secret that scanners for leaked secrets can recognise. */
export const secretFrom = (random: Buffer): string => PREFIX + random.toString("base64");

/** The signature of a message under a secret. */
export function signatureOf(secret: string, { id, timestamp }: Omit<MessageHeaders, "signature">, body: Uint8Array) {
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64")}`;
}

/** The three headers, when all are there and none is absurd. */
export function messageHeaders(headers: Headers): MessageHeaders | null {
  const [id, timestamp, signature] = ["id", "timestamp", "signature"].map((name) => headers.get(`webhook-${name}`));
  if (!/^[\x21-\x7e]{1,128}$/.test(id ?? "") || !/^\d{1,12}$/.test(timestamp ?? "")) return null;
  return { id: id ?? "", timestamp: timestamp ?? "", signature: (signature ?? "").slice(0, 1_000) };
}

/** Constant time whatever is compared: texts of another length take as long. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHmac("sha256", "compare").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** True when one of the secrets signed this message and its moment is near ours. All are tried, whichever fits. */
export function isSigned(secrets: readonly string[], message: MessageHeaders, body: Uint8Array, now: Date): boolean {
  const isNear = Math.abs(now.getTime() / 1_000 - Number(message.timestamp)) <= TOLERANCE_SECONDS;
  const given = message.signature.split(" ").slice(0, SIGNATURES_MAX);
  const fits = secrets.map((secret) => {
    const expected = signatureOf(secret, message, body);
    return given.filter((signature) => isSame(signature, expected)).length > 0;
  });
  return isNear && fits.includes(true);
}

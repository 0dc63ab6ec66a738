import { createHash } from "node:crypto";

/** 32 bytes of randomness, as a key that scanners for leaked secrets can recognise. */
export function keyFrom(random: Buffer): string {
  return `ck_${random.toString("base64url")}`;
}

const KEY = /^ck_[A-Za-z0-9_-]{43}$/;
const BEARER = /^bearer ([\x21-\x7e]{1,200})$/i;

/** The key in an Authorization header, or null for anything that is none of ours. */
export function keyInHeader(authorization: string | null): string | null {
  const token = BEARER.exec(authorization ?? "")?.[1];
  return token !== undefined && KEY.test(token) ? token : null;
}

/** What the table holds in place of a key. A plain hash is enough, as the key is 256 random bits. */
export function hashKey(key: string): string {
  return createHash("sha256").update(key, "utf8").digest("hex");
}

import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { WrappingKey } from "@/server/platform/keys";
import type { SecretKeys } from "./keys";

/** What a sealed value belongs to. Moved to another tenant, secret or version it does not open. */
export interface Place {
  tenantId: string;
  id: string;
  version: number;
}

/** A value under a key of its own, and that key under the deployment's. All texts are base64url. */
export interface Sealed {
  sealedValue: string;
  wrappedKey: string;
  keyId: string;
}

/** A sealed value that none of the deployment's keys opens, or that somebody changed or moved. */
export class UnsealError extends Error {
  constructor(options?: { cause?: unknown }) {
    super("A secret cannot be opened with the keys of this deployment.", options);
    this.name = "UnsealError";
  }
}

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
// NIST SP 800-38D: 96 bits, never twice under one key. A data key seals once; a wrapping key some thousand times at random.
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a text is bound to; which of the two it is, too, so that they cannot stand in for each other. */
const boundTo = (what: "value" | "key", { tenantId, id, version }: Place) =>
  Buffer.from(`conductor-secret-1\n${what}\n${tenantId}\n${id}\n${version}`, "utf8");

function encrypt(key: Buffer, plain: Buffer, aad: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(aad);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url");
}

function decrypt(key: Buffer, sealed: string, aad: Buffer): Buffer {
  const bytes = Buffer.from(sealed, "base64url");
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(aad)
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

/** Seals a value for one place, under a new data key. */
export function seal(value: string, place: Place, { current }: Pick<SecretKeys, "current">): Sealed {
  const dataKey = randomBytes(KEY_BYTES);
  return {
    sealedValue: encrypt(dataKey, Buffer.from(value, "utf8"), boundTo("value", place)),
    wrappedKey: encrypt(current.key, dataKey, boundTo("key", place)),
    keyId: current.keyId,
  };
}

function unwrap({ wrappedKey, keyId }: Pick<Sealed, "wrappedKey" | "keyId">, place: Place, keys: SecretKeys): Buffer {
  const wrapping = keys.byId.get(keyId);
  if (wrapping === undefined) throw new UnsealError();
  return decrypt(wrapping.key, wrappedKey, boundTo("key", place));
}

function opened<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof UnsealError ? error : new UnsealError({ cause: error });
  }
}

/** The value that was sealed for this place. Throws UnsealError. */
export function unseal(sealed: Sealed, place: Place, keys: SecretKeys): string {
  return opened(() =>
    decrypt(unwrap(sealed, place, keys), sealed.sealedValue, boundTo("value", place)).toString("utf8"),
  );
}

/** The same data key under the deployment's current key; the value stays as it is and is not opened. Throws UnsealError. */
export function rewrap(
  sealed: Pick<Sealed, "wrappedKey" | "keyId">,
  place: Place,
  keys: SecretKeys,
): { wrappedKey: string; keyId: WrappingKey["keyId"] } {
  const { key, keyId } = keys.current;
  return { wrappedKey: opened(() => encrypt(key, unwrap(sealed, place, keys), boundTo("key", place))), keyId };
}

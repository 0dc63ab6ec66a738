import {
  createECDH,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from "node:crypto";

/** Keys derived from CONDUCTOR_SECRET. One purpose, one key: a leaked one opens nothing else. */
export type KeyPurpose =
  | "db:postgres"
  | "db:conductor_app"
  | "db:conductor_engine"
  | "db:conductor_rehearsal"
  | "session"
  | "invitation"
  | "approval-link"
  | "signed-heads"
  | "secrets"
  | "policy-bundle"
  | "evidence-bundle"
  | "backup";

type DatabaseRole = "postgres" | "conductor_app" | "conductor_engine" | "conductor_rehearsal";

/** 32 bytes for one purpose (HKDF-SHA256, RFC 5869). */
export function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "maestro-conductor", purpose, 32));
}

/** A database role's password: 43 characters of base64url. */
export function databasePassword(secret: string, role: DatabaseRole): string {
  return deriveKey(secret, `db:${role}`).toString("base64url");
}

/** HMAC-SHA256 of a text as base64url (43 characters). */
export function macText(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text, "utf8").digest("base64url");
}

/** Compares two texts in time that depends only on their length. */
export function equalTexts(a: string, b: string): boolean {
  const left = Buffer.from(a, "utf8");
  const right = Buffer.from(b, "utf8");
  return left.length === right.length && timingSafeEqual(left, right);
}

// A PKCS#8 Ed25519 private key is this fixed prefix followed by the 32-byte seed (RFC 8410, section 7).
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

export interface SigningKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** First 16 hex digits of HMAC-SHA-256("key-id", raw public key). */
  keyId: string;
}

function ed25519Key(secret: string, purpose: KeyPurpose): SigningKey {
  const seed = deriveKey(secret, purpose);
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, keyId: keyIdOf(publicKey) };
}

function keyIdOf(publicKey: KeyObject): string {
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  return createHmac("sha256", "key-id").update(raw).digest("hex").slice(0, 16);
}

/** The id of a public Ed25519 key in PEM; null for a text that is none. */
export function publicKeyId(pem: string): string | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "ed25519" ? keyIdOf(key) : null;
  } catch {
    return null;
  }
}

/** The Ed25519 key that signs receipt heads. */
export const headSigningKey = (secret: string): SigningKey => ed25519Key(secret, "signed-heads");

/** The Ed25519 key that seals evidence bundles. */
export const evidenceSigningKey = (secret: string): SigningKey => ed25519Key(secret, "evidence-bundle");

/** A key as SubjectPublicKeyInfo in PEM. */
export const publicPem = ({ publicKey }: SigningKey): string =>
  publicKey.export({ format: "pem", type: "spki" }).toString();

/** A key that wraps other keys, and the name by which what it wrapped says so. */
export interface WrappingKey {
  key: Buffer;
  /** First 16 hex digits of HMAC-SHA-256("key-id", key). */
  keyId: string;
}

/** The key that wraps the data keys of tenants' secrets. */
export function secretWrappingKey(secret: string): WrappingKey {
  const key = deriveKey(secret, "secrets");
  return { key, keyId: createHmac("sha256", "key-id").update(key).digest("hex").slice(0, 16) };
}

/** The key that backups of this deployment are under, where no passphrase is given. */
export function backupKey(secret: string): WrappingKey {
  const key = deriveKey(secret, "backup");
  return { key, keyId: createHmac("sha256", "key-id").update(key).digest("hex").slice(0, 16) };
}

// The number of points of P-256 (SEC 2, section 2.4.2): a private key is a number from 1 to one less.
const P256_ORDER = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

/** The P-256 key that signs policy bundles (ES256, which is what OPA verifies). */
export function bundleSigningKey(secret: string): SigningKey {
  // 16 bytes more than the key has: so no number is noticeably likelier than another (FIPS 186-5, A.2.1).
  const wide = Buffer.from(hkdfSync("sha256", secret, "maestro-conductor", "policy-bundle" satisfies KeyPurpose, 48));
  const scalar = (BigInt(`0x${wide.toString("hex")}`) % (P256_ORDER - 1n)) + 1n;
  const d = Buffer.from(scalar.toString(16).padStart(64, "0"), "hex");
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(d);
  const point = curve.getPublicKey();
  const jwk = {
    ...{ kty: "EC", crv: "P-256", d: d.toString("base64url") },
    ...{ x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") },
  };
  const privateKey = createPrivateKey({ key: jwk, format: "jwk" });
  const keyId = createHmac("sha256", "key-id").update(point).digest("hex").slice(0, 16);
  return { privateKey, publicKey: createPublicKey(privateKey), keyId };
}

/** Ed25519 over the UTF-8 bytes of a text, as base64url. */
export function signText({ privateKey }: SigningKey, text: string): string {
  return sign(null, Buffer.from(text, "utf8"), privateKey).toString("base64url");
}

/** Ed25519 over bytes: 64 of them. */
export const signBytes = ({ privateKey }: SigningKey, bytes: Uint8Array): Uint8Array => sign(null, bytes, privateKey);

/** True when `signature` is this key's over exactly this text. */
export function isSignedText({ publicKey }: SigningKey, text: string, signature: string): boolean {
  return verify(null, Buffer.from(text, "utf8"), publicKey, Buffer.from(signature, "base64url"));
}

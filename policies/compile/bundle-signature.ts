import { createHash, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";
import type { ArchiveFile } from "./tar";

/** The file of a bundle that signs all others. */
export const SIGNATURES = ".signatures.json";
/** What a bundle is signed for; whoever verifies it names the same. */
export const SCOPE = "conductor";

/** The key that signs bundles, and the name by which they say so. */
export interface BundleKey {
  privateKey: KeyObject;
  keyId: string;
}

/** A bundle that is not to be used, with the reason in words. */
export class BundleError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "BundleError";
  }
}

const isStructured = (name: string) => name === ".manifest" || name === "data.json" || name.endsWith("/data.json");

/**
 * A JSON document as OPA hashes it: keys sorted, no spaces (`bundle/hash.go`), so that how it is written does not count.
 * Go escapes two line separators in texts, which JSON.stringify does not.
 */
function hashed(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(hashed).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return `{${entries.map(([key, item]) => `${hashed(key)}:${hashed(item)}`).join(",")}}`;
  }
  return JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

function hashOf({ name, bytes }: ArchiveFile): string {
  const content = isStructured(name) ? hashed(JSON.parse(bytes.toString("utf8"))) : bytes;
  return createHash("sha256").update(content).digest("hex");
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value), "utf8").toString("base64url");

/** Signs files as OPA does: one JWS (ES256) over the hash of each. */
export function signatureOf(files: readonly ArchiveFile[], { privateKey, keyId }: BundleKey): ArchiveFile {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const payload = {
    files: sorted.map((file) => ({ name: file.name, hash: hashOf(file), algorithm: "SHA-256" })),
    scope: SCOPE,
    keyid: keyId,
  };
  const signed = `${base64({ alg: "ES256", typ: "JWT", kid: keyId })}.${base64(payload)}`;
  const signature = sign("sha256", Buffer.from(signed, "ascii"), { key: privateKey, dsaEncoding: "ieee-p1363" });
  const token = `${signed}.${signature.toString("base64url")}`;
  return { name: SIGNATURES, bytes: Buffer.from(`${JSON.stringify({ signatures: [token] })}\n`, "utf8") };
}

const signaturesSchema = z.object({ signatures: z.array(z.string()).length(1) });
const headerSchema = z.object({ alg: z.string() });
const payloadSchema = z.object({
  files: z.array(z.object({ name: z.string(), hash: z.string(), algorithm: z.string() })),
  scope: z.string().optional(),
});

function parsed<T>(schema: z.ZodType<T>, text: string, what: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new BundleError(`${what} cannot be read.`);
  }
}

/** What a token says, once its signature is seen to be this key's. */
function payloadOf(token: string, publicKey: KeyObject): z.output<typeof payloadSchema> {
  const [header = "", payload = "", signature = "", ...rest] = token.split(".");
  const decoded = (part: string) => Buffer.from(part, "base64url").toString("utf8");
  const { alg } = parsed(headerSchema, decoded(header), "The signature's header");
  // The algorithm is ours to choose, never the token's.
  if (alg !== "ES256")
    throw new BundleError(`The bundle is signed with ${JSON.stringify(alg)}; only ES256 is accepted.`);
  const isSigned =
    rest.length === 0 &&
    verify(
      "sha256",
      Buffer.from(`${header}.${payload}`, "ascii"),
      { key: publicKey, dsaEncoding: "ieee-p1363" },
      Buffer.from(signature, "base64url"),
    );
  if (!isSigned) throw new BundleError("The signature is not by this key, or what it signs was changed.");
  return parsed(payloadSchema, decoded(payload), "What is signed");
}

/**
 * Checks that files are exactly those that their signature names, by this key; throws BundleError with the reason. As OPA:
 * each file is named, none is missing, none was changed.
 */
export function checkSignature(files: readonly ArchiveFile[], publicKey: KeyObject): void {
  if (publicKey.asymmetricKeyType !== "ec" || publicKey.asymmetricKeyDetails?.namedCurve !== "prime256v1")
    throw new BundleError("The key is no public key for ES256 (P-256).");
  const signatures = files.find(({ name }) => name === SIGNATURES);
  if (signatures === undefined) throw new BundleError("The bundle is not signed.");
  const [token = ""] = parsed(signaturesSchema, signatures.bytes.toString("utf8"), SIGNATURES).signatures;
  const payload = payloadOf(token, publicKey);
  if (payload.scope !== SCOPE) throw new BundleError(`The bundle is signed for another scope than ${SCOPE}.`);
  const named = new Map(payload.files.map((file) => [file.name, file]));
  for (const file of files) {
    if (file.name === SIGNATURES) continue;
    const signed = named.get(file.name);
    if (signed === undefined) throw new BundleError(`${file.name} is not among what was signed.`);
    if (signed.algorithm !== "SHA-256") throw new BundleError(`${file.name} is hashed otherwise than with SHA-256.`);
    if (hashFor(file) !== signed.hash) throw new BundleError(`${file.name} was changed.`);
    named.delete(file.name);
  }
  const [missing] = named.keys();
  if (missing !== undefined) throw new BundleError(`${missing} was signed, and is missing.`);
}

function hashFor(file: ArchiveFile): string | null {
  try {
    return hashOf(file);
  } catch {
    // No JSON any more: whatever was signed, it is not this.
    return null;
  }
}

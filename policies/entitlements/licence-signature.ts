import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { canonicalJson } from "@/server/kernel/json";
import { type Licence, licenceSchema, type SignedLicence, signedLicenceSchema } from "./licence";

/** Names a key by its public half. */
export const keyIdOf = (publicKey: KeyObject): string =>
  createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(0, 16);

const signedText = (licence: Licence, keyId: string) => Buffer.from(canonicalJson({ licence, keyId }), "utf8");

/** Signs a licence. Throws TypeError for a key that is not Ed25519, ZodError for what is no licence. */
export function signLicence(given: Licence, privateKey: KeyObject): SignedLicence {
  if (privateKey.asymmetricKeyType !== "ed25519") throw new TypeError("licences are signed with Ed25519");
  const licence = licenceSchema.parse(given);
  const keyId = keyIdOf(createPublicKey(privateKey));
  return { licence, keyId, signature: sign(null, signedText(licence, keyId), privateKey).toString("base64url") };
}

/** Opens a licence: the licence where the key signed it, to the byte; else why not. */
export function openLicence(text: string, publicKey: KeyObject): { licence: Licence } | { fault: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { fault: "it is no JSON" };
  }
  const parsed = signedLicenceSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { fault: `it is no licence: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}` };
  }
  const { licence, keyId, signature } = parsed.data;
  if (publicKey.asymmetricKeyType !== "ed25519") return { fault: "the key that is to have signed it is not Ed25519" };
  const known = keyIdOf(publicKey);
  if (keyId !== known) return { fault: `the key ${keyId} signed it, and ${known} is known here` };
  return verify(null, signedText(licence, keyId), publicKey, Buffer.from(signature, "base64url"))
    ? { licence }
    : { fault: "its signature does not fit its content" };
}

import { Refusal } from "@/server/kernel/errors";
import type { BlobStore } from "@/server/platform/blob-store";
import type { Env } from "@/server/platform/env";
import {
  evidenceSigningKey,
  headSigningKey,
  publicKeyId,
  publicPem,
  signBytes,
  type SigningKey,
} from "@/server/platform/keys";
import type { Signer } from "./domain/seal";

/** A public key that seals bundles, or once did. */
export interface SealingKey {
  keyId: string;
  publicPem: string;
}

/** A public key as a key file has it: one that signs heads of receipts says so before its PEM, so that neither passes for the other. */
export const keyFileText = (key: SealingKey, role: "seals" | "heads"): string =>
  `${role === "heads" ? "Signs heads of receipts:\n" : ""}${key.publicPem}`;

export const keyOf = (key: SigningKey): SealingKey => ({ keyId: key.keyId, publicPem: publicPem(key) });

/** Signs with the deployment's own key. */
export function signerOf({ CONDUCTOR_SECRET }: Pick<Env, "CONDUCTOR_SECRET">): Signer {
  const key = evidenceSigningKey(CONDUCTOR_SECRET);
  return { ...keyOf(key), sign: (bytes) => signBytes(key, bytes) };
}

type Secrets = Pick<Env, "CONDUCTOR_SECRET" | "CONDUCTOR_SECRET_PREVIOUS">;

const secretsOf = (e: Secrets) =>
  [e.CONDUCTOR_SECRET, e.CONDUCTOR_SECRET_PREVIOUS].filter((secret) => secret !== undefined);

/** Keys that sign heads of receipts: the one in use, and the one before. */
export const headKeysOf = (e: Secrets): SigningKey[] => secretsOf(e).map(headSigningKey);

/** Every public key that a bundle is verified by, as key files have them. */
export async function verifyingKeys(e: Secrets, blobs: BlobStore): Promise<string[]> {
  const seals = (await sealingKeys(e, blobs)).map((key) => keyFileText(key, "seals"));
  return [...seals, ...headKeysOf(e).map((key) => keyFileText(keyOf(key), "heads"))];
}

const FOLDER = "evidence-keys/";

/**
 * Every key that this deployment has sealed with, in the order of their ids: the one that it seals with now, the one before, and
 * those that the blob store remembers. What it uses is remembered here.
 */
export async function sealingKeys(e: Secrets, blobs: BlobStore): Promise<SealingKey[]> {
  const keys = new Map(
    secretsOf(e)
      .map((secret) => keyOf(evidenceSigningKey(secret)))
      .map((key) => [key.keyId, key]),
  );
  const known = await blobs.list(FOLDER);
  for (const { keyId, publicPem: pem } of keys.values()) {
    if (known.includes(`${FOLDER}${keyId}.pem`)) continue;
    await blobs.put(`${FOLDER}${keyId}.pem`, Buffer.from(pem, "latin1")).catch((error: unknown) => {
      if (!(error instanceof Refusal && error.code === "Conflict")) throw error;
    });
  }
  for (const name of known) {
    const bytes = await blobs.get(name);
    const keyId = name.slice(FOLDER.length, -".pem".length);
    // What it derives itself counts, and of what it remembers only keys that are what their names say.
    if (bytes === null || keys.has(keyId)) continue;
    const publicPem = Buffer.from(bytes).toString("latin1");
    if (publicKeyId(publicPem) === keyId) keys.set(keyId, { keyId, publicPem });
  }
  return [...keys.values()].sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
}

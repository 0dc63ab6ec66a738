import { createPublicKey, verify } from "node:crypto";
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
const pemName = (keyId: string) => `${FOLDER}${keyId}.pem`;
/** One key's word for another. */
const wordName = (keyId: string, by: string) => `${FOLDER}${keyId}.by-${by}.sig`;
const wordFor = (pem: string) => Buffer.from(`maestro-conductor/evidence-key\n${pem}`, "utf8");

async function keepOnce(blobs: BlobStore, name: string, bytes: Uint8Array): Promise<void> {
  await blobs.put(name, bytes).catch((error: unknown) => {
    if (!(error instanceof Refusal && error.code === "Conflict")) throw error;
  });
}

/** Keys that the blob store remembers and that are what their names say: nobody's word yet. */
async function rememberedKeys(blobs: BlobStore, names: readonly string[]): Promise<SealingKey[]> {
  const keys: SealingKey[] = [];
  for (const name of names.filter((each) => each.endsWith(".pem"))) {
    const publicPem = Buffer.from((await blobs.get(name)) ?? []).toString("latin1");
    const keyId = publicKeyId(publicPem);
    if (keyId !== null && name === pemName(keyId)) keys.push({ keyId, publicPem });
  }
  return keys;
}

/** Whether a key that is trusted has signed another. */
async function isVouched(
  { blobs, names }: { blobs: BlobStore; names: readonly string[] },
  { keyId, publicPem: pem }: SealingKey,
  trusted: readonly SealingKey[],
): Promise<boolean> {
  for (const by of trusted) {
    const word = wordName(keyId, by.keyId);
    const signature = names.includes(word) ? await blobs.get(word) : null;
    if (signature !== null && verify(null, wordFor(pem), createPublicKey(by.publicPem), signature)) return true;
  }
  return false;
}

/**
 * Every key that this deployment has sealed with, in the order of their ids: the one that it seals with now, the one before, and
 * those for which one of these has signed, directly or through another. A key that somebody else put into the blob store is none
 * of them. The key in use is remembered here, and signs for all others.
 */
export async function sealingKeys(e: Secrets, blobs: BlobStore): Promise<SealingKey[]> {
  const trusted = secretsOf(e).map((secret) => keyOf(evidenceSigningKey(secret)));
  const names = await blobs.list(FOLDER);
  let others = await rememberedKeys(blobs, names);
  for (let known = 0; known < trusted.length;) {
    known = trusted.length;
    others = others.filter(({ keyId }) => !trusted.some((key) => key.keyId === keyId));
    for (const key of others) if (await isVouched({ blobs, names }, key, trusted)) trusted.push(key);
  }
  const signer = signerOf(e);
  for (const { keyId, publicPem: pem } of trusted) {
    if (!names.includes(pemName(keyId))) await keepOnce(blobs, pemName(keyId), Buffer.from(pem, "latin1"));
    const word = wordName(keyId, signer.keyId);
    if (keyId !== signer.keyId && !names.includes(word)) await keepOnce(blobs, word, signer.sign(wordFor(pem)));
  }
  return trusted.sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
}

import { createHash } from "node:crypto";
import { Refusal, unavailable } from "@/server/kernel/errors";
import type { BlobStore } from "@/server/platform/blob-store";

/** By their digest, below their tenant: the same bytes are there once, however often they are collected. */
const keyOf = (tenantId: string, digest: string) => `evidence/${tenantId}/${digest}`;

const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * Puts bytes away under their SHA-256 (hexadecimal), before the row that names them. The same again are those that are
 * there. Throws Unavailable when the store cannot take them.
 */
export async function storeEvidence(
  { blobs }: { blobs: BlobStore },
  tenantId: string,
  bytes: Uint8Array,
): Promise<{ digest: string; bytes: number }> {
  const digest = digestOf(bytes);
  try {
    await blobs.put(keyOf(tenantId, digest), bytes);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "Conflict")) throw error;
  }
  return { digest, bytes: bytes.length };
}

/** The bytes of an item, once they are seen to have its digest. Throws Unavailable for bytes that are gone or changed. */
export async function readEvidence(
  { blobs }: { blobs: BlobStore },
  tenantId: string,
  digest: string,
): Promise<Uint8Array> {
  const bytes = await blobs.get(keyOf(tenantId, digest));
  if (bytes === null || digestOf(bytes) !== digest)
    throw unavailable("The evidence is not there as it was collected. Its digest stands in the receipt of that.");
  return bytes;
}

import { createHash } from "node:crypto";
import { Refusal, unavailable } from "@/server/kernel/errors";
import type { BlobStore } from "@/server/platform/blob-store";

const keyOf = (tenantId: string, digest: string) => `bundles/${tenantId}/${digest}.zip`;

/** Puts a sealed file into the blob store under its digest; the same again is the one that is there. Throws Unavailable. */
export async function storeBundle(blobs: BlobStore, tenantId: string, digest: string, file: string): Promise<void> {
  try {
    await blobs.putFile(keyOf(tenantId, digest), file);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "Conflict")) throw error;
  }
}

/**
 * The bytes of a sealed file in parts, once all of them are seen to have its digest. Throws Unavailable for one that is gone or
 * changed.
 */
export async function readBundle(
  blobs: BlobStore,
  tenantId: string,
  digest: string,
): Promise<AsyncIterable<Uint8Array>> {
  const [key, hash] = [keyOf(tenantId, digest), createHash("sha256")];
  for await (const part of blobs.stream(key)) hash.update(part);
  if (hash.digest("hex") !== digest)
    throw unavailable("The bundle is not there as it was sealed. Its digest stands in the receipt of its export.");
  return blobs.stream(key);
}

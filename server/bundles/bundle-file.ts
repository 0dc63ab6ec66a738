import { createHash } from "node:crypto";
import { Refusal, unavailable } from "@/server/kernel/errors";
import type { BlobStore } from "@/server/platform/blob-store";

const folderOf = (tenantId: string) => `bundles/${tenantId}/`;
const keyOf = (tenantId: string, digest: string) => `${folderOf(tenantId)}${digest}.zip`;

/** Digests of the sealed files that a tenant has in the blob store. */
export async function bundleFiles(blobs: BlobStore, tenantId: string): Promise<string[]> {
  const keys = await blobs.list(folderOf(tenantId));
  return keys.map((key) => key.slice(folderOf(tenantId).length, -".zip".length));
}

/** Removes a sealed file; one that is gone already is fine. Throws Unavailable. */
export const removeBundleFile = (blobs: BlobStore, tenantId: string, digest: string): Promise<void> =>
  blobs.remove(keyOf(tenantId, digest));

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

import { z } from "zod";
import { Refusal } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import type { BlobStore } from "@/server/platform/blob-store";

/** What an evidence step has attached to its run: its output, and what the receipt says of it. */
const artefactSchema = z.object({
  file: z.string(),
  mediaType: z.string(),
  /** Length of the file. */
  bytes: z.int(),
  /** SHA-256 of the file, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Artefact = z.output<typeof artefactSchema>;

/** A file that is to be kept. */
export interface ArtefactFile {
  sha256: string;
  content: Uint8Array;
}

/** What an evidence step that has succeeded attached. */
export const artefactOf = (output: Json): Artefact => artefactSchema.parse(output);

/** By its digest, below its tenant: two tenants that attach the same file have one each. */
export const artefactKey = (tenantId: string, sha256: string) => `artefacts/${tenantId}/${sha256}`;

/** Stores a file under its digest. The same file again is the one that is there. Throws Unavailable. */
export async function keepArtefact(
  blobs: BlobStore,
  tenantId: string,
  { sha256, content }: ArtefactFile,
): Promise<void> {
  try {
    await blobs.put(artefactKey(tenantId, sha256), content);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "Conflict")) throw error;
  }
}

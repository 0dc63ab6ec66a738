import { Refusal } from "@/server/kernel/errors";
import type { EvidenceKind } from "@/server/evidence";
import type { BlobStore } from "@/server/platform/blob-store";
import { type Collector, monthOf } from "./collector";
import { releaseFacts } from "./release-facts";

/** What is kept of a release, once, by whoever makes it. */
const RELEASE_FILES = {
  sbom: {
    title: "Software bill of materials (CycloneDX)",
    ...{ fileName: "sbom.cdx.json", mediaType: "application/vnd.cyclonedx+json" },
  },
  provenance: {
    title: "Build provenance (SLSA)",
    ...{ fileName: "provenance.intoto.jsonl", mediaType: "application/vnd.in-toto+jsonl" },
  },
  "test-results": {
    title: "Test results",
    ...{ fileName: "test-results.intoto.jsonl", mediaType: "application/vnd.in-toto+jsonl" },
  },
} as const satisfies Partial<Record<EvidenceKind, { title: string; fileName: string; mediaType: string }>>;

export type ReleaseFile = keyof typeof RELEASE_FILES;

const keyOf = (revision: string, file: ReleaseFile) => `releases/${revision}/${RELEASE_FILES[file].fileName}`;

/** Which files of a release are kept. */
export async function listRelease(blobs: BlobStore, revision: string): Promise<ReleaseFile[]> {
  const keys = await blobs.list(`releases/${revision}/`);
  return (Object.keys(RELEASE_FILES) as ReleaseFile[]).filter((file) => keys.includes(keyOf(revision, file)));
}

/** Keeps a file of a release. The first that was kept stays. Throws Unavailable when the store cannot take it. */
export async function keepRelease(
  blobs: BlobStore,
  revision: string,
  file: ReleaseFile,
  bytes: Uint8Array,
): Promise<"kept" | "known"> {
  try {
    await blobs.put(keyOf(revision, file), bytes);
    return "kept";
  } catch (error) {
    if (error instanceof Refusal && error.code === "Conflict") return "known";
    throw error;
  }
}

const ofRelease = (kind: ReleaseFile): Collector => ({
  kind,
  collect: async ({ blobs, deployment: { revision }, now }) => {
    const content = await blobs.get(keyOf(revision, kind));
    return content === null
      ? []
      : [
          {
            ...RELEASE_FILES[kind],
            subject: revision,
            content,
            covers: null,
            // It stands for as long as the release runs: once a month is often enough to show that.
            once: `release:${revision}:${monthOf(now)}`,
            facts: releaseFacts(kind, content, revision),
          },
        ];
  },
});

/** Files of the release that runs, where they were kept when it was made. */
export const ofRunningRelease = [ofRelease("sbom"), ofRelease("provenance"), ofRelease("test-results")];

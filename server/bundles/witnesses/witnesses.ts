import { createHash } from "node:crypto";
import { Refusal } from "@/server/kernel/errors";
import type { BlobStore } from "@/server/platform/blob-store";
import type { Env } from "@/server/platform/env";
import { signKeyless } from "./keyless";
import { timeStamp } from "./time-stamp";

/** What somebody outside says of a root, as a file beside it that no list names: the seal over the whole file covers it. */
export interface Testimony {
  path: "manifest.tsr" | "manifest.sigstore.json";
  content: Uint8Array;
}

/** Those outside who vouch for a root. */
export interface Witnesses {
  paths: readonly Testimony["path"][];
  /** Asks each of them about a root, by its envelope as a file and the statement in it. Throws Unavailable. */
  testify(envelope: string, statement: string): Promise<Testimony[]>;
}

type Ask = (envelope: string, statement: string) => Promise<Uint8Array>;

/** Who is configured to be asked; nobody, where nobody is. */
function asked(e: Env): { path: Testimony["path"]; ask: Ask }[] {
  const { TIMESTAMP_AUTHORITY_URL: stampUrl, SIGSTORE_IDENTITY_TOKEN_FILE: tokenFile } = e;
  const { SIGSTORE_FULCIO_URL: fulcioUrl, SIGSTORE_REKOR_URL: rekorUrl } = e;
  const keyless: Ask = async (_envelope, statement) =>
    Buffer.from(await signKeyless({ fulcioUrl, rekorUrl, tokenFile: tokenFile ?? "" }, statement), "utf8");
  const stamp: Ask = (envelope) => timeStamp(stampUrl ?? "", Buffer.from(envelope, "utf8"));
  return [
    ...(tokenFile === undefined ? [] : [{ path: "manifest.sigstore.json" as const, ask: keyless }]),
    ...(stampUrl === undefined ? [] : [{ path: "manifest.tsr" as const, ask: stamp }]),
  ];
}

/** Keeps bytes under a key that are made once; the first that were kept stay. */
async function once(blobs: BlobStore, key: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const before = await blobs.get(key);
  if (before !== null) return before;
  const made = await make();
  try {
    await blobs.put(key, made);
    return made;
  } catch (error) {
    const first = error instanceof Refusal && error.code === "Conflict" ? await blobs.get(key) : null;
    if (first === null) throw error;
    return first;
  }
}

/**
 * The witnesses of a deployment. What they say of a root is kept, and said again of the same root: so that a bundle that is begun anew
 * has the same bytes, and the earliest time counts.
 */
export function witnessesOf(e: Env, blobs: BlobStore): Witnesses {
  const all = asked(e);
  return {
    paths: all.map(({ path }) => path),
    testify: async (envelope, statement) => {
      const root = createHash("sha256").update(envelope, "utf8").digest("hex");
      const testimonies: Testimony[] = [];
      for (const { path, ask } of all)
        testimonies.push({
          path,
          content: await once(blobs, `witnesses/${root}/${path}`, () => ask(envelope, statement)),
        });
      return testimonies;
    },
  };
}

export const NO_WITNESSES: Witnesses = { paths: [], testify: async () => [] };

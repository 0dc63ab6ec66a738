import { readFile } from "node:fs/promises";
import { bundleToJSON } from "@sigstore/bundle";
import { DSSEBundleBuilder, FulcioSigner, RekorWitness } from "@sigstore/sign";
import { unavailable } from "@/server/kernel/errors";
import { canonicalJson } from "@/server/kernel/json";
import { PAYLOAD_TYPE } from "../domain/seal";

/** Where Sigstore's services are, and the workload's own identity token. */
export interface Keyless {
  fulcioUrl: string;
  rekorUrl: string;
  /** A file that holds an OpenID Connect token, read anew each time, as such tokens live for minutes. */
  tokenFile: string;
}

const WITHIN_MS = 20_000;

/**
 * The root's statement signed again with a key that lives for one signature, by Sigstore: under a certificate that Fulcio gives for the
 * workload's identity, and noted in Rekor's log. Gives a Sigstore bundle as JSON. Throws Unavailable where it cannot be had.
 */
export async function signKeyless({ fulcioUrl, rekorUrl, tokenFile }: Keyless, statement: string): Promise<string> {
  const identityProvider = { getToken: async () => (await readFile(tokenFile, "utf8")).trim() };
  const common = { timeout: WITHIN_MS, retry: 2 };
  const builder = new DSSEBundleBuilder({
    signer: new FulcioSigner({ fulcioBaseURL: fulcioUrl, identityProvider, ...common }),
    witnesses: [new RekorWitness({ rekorBaseURL: rekorUrl, entryType: "intoto", ...common })],
  });
  try {
    const bundle = await builder.create({ data: Buffer.from(statement, "utf8"), type: PAYLOAD_TYPE });
    return `${canonicalJson(bundleToJSON(bundle))}\n`;
  } catch (error) {
    throw unavailable("Sigstore gave no signature. Nothing is sealed.", error);
  }
}

import { blobStoreOf } from "@/server/platform/blob-store";
import { env } from "@/server/platform/env";
import { headKeysOf, keyFileText, keyOf, sealingKeys } from "./sealing-keys";

/** Answers whoever asks for the public keys that bundles of this deployment are verified by: JSON, each key as a key file has it. */
export async function answerEvidenceKeys(): Promise<Response> {
  const e = env();
  const seals = await sealingKeys(e, blobStoreOf(e));
  const heads = headKeysOf(e).map(keyOf);
  const keys = [
    ...seals.map((key) => ({ id: key.keyId, signs: "bundles", pem: keyFileText(key, "seals") })),
    ...heads.map((key) => ({ id: key.keyId, signs: "heads of receipts", pem: keyFileText(key, "heads") })),
  ];
  return Response.json({ keys }, { headers: { "cache-control": "public, max-age=300" } });
}

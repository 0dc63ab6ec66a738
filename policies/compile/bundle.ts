import { createHash, type KeyObject } from "node:crypto";
import { z } from "zod";
import type { Policy } from "@/policies/access/policy";
import { BundleError, type BundleKey, checkSignature, signatureOf } from "./bundle-signature";
import { REGO_DATA, REGO_PACKAGE, regoOf } from "./rego";
import { regoDataOf } from "./rego-data";
import { REGO_TESTS, regoTestsOf, type RegoTest } from "./rego-tests";
import { type ArchiveFile, packed, unpacked } from "./tar";

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const rootOf = (name: string) => name.replaceAll(".", "/");

/** What a bundle holds but for its signature, by file name: the same for the same policy, wherever it is made. */
export function bundleTexts(policy: Policy, tests: readonly RegoTest[]): Record<string, string> {
  const texts = {
    "data.json": json({ conductor: { authz_data: regoDataOf(policy) } }),
    "policy.rego": regoOf(policy),
    "policy_test.rego": regoTestsOf(tests),
  };
  const digest = createHash("sha256").update(JSON.stringify(texts)).digest("hex");
  const manifest = {
    /** What decides, and all that is in the bundle. */
    revision: `${policy.revision}#${digest.slice(0, 16)}`,
    roots: [REGO_PACKAGE, REGO_DATA, REGO_TESTS].map(rootOf),
    rego_version: 0,
  };
  return { ".manifest": json(manifest), ...texts };
}

/** A signed bundle as OPA loads it: a tar.gz. */
export function bundleOf(texts: Readonly<Record<string, string>>, key: BundleKey): Buffer {
  const files = Object.entries(texts).map(([name, text]) => ({ name, bytes: Buffer.from(text, "utf8") }));
  return packed([...files, signatureOf(files, key)]);
}

const manifestSchema = z.object({ revision: z.string() });

/** Checks a bundle against the key that is to have signed it, and says what it is; throws BundleError with the reason. */
export function verifyBundle(archive: Buffer, publicKey: KeyObject): { revision: string; files: string[] } {
  let files: ArchiveFile[];
  try {
    files = unpacked(archive);
  } catch (error) {
    throw new BundleError(`The bundle cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  checkSignature(files, publicKey);
  const manifest = files.find(({ name }) => name === ".manifest");
  if (manifest === undefined) throw new BundleError(".manifest is missing.");
  const { revision } = manifestSchema.parse(JSON.parse(manifest.bytes.toString("utf8")));
  return { revision, files: files.map(({ name }) => name).sort() };
}

import { createHash, createPublicKey } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  DEFAULT_REGIONS,
  GOVERNANCE_PROFILES,
  type GovernanceProfile,
  profileNamed,
} from "@/policies/access/vocabulary";
import { policyIn } from "@/policies/access/policy";
import { bundleOf, bundleTexts, verifyBundle } from "@/policies/compile/bundle";
import { shippedPolicy } from "@/policies/packs";
import { regoTestFrom, type Scenario } from "@/policies/simulate/scenarios";
import { parseEnv } from "@/server/platform/env";
import { bundleSigningKey } from "@/server/platform/keys";
import { completeEnvironment } from "./local-state";
import { committedScenarios } from "./simulate";

const tell = (json: boolean, told: object, words: string) =>
  process.stdout.write(json ? `${JSON.stringify(told)}\n` : words);

/** Of scenarios, those whose regions the deployment has. */
const isAskedIn =
  (regions: readonly string[]) =>
  ({ ask: { region } }: Scenario) =>
    region === undefined || regions.includes(region);

/** The files of a shipped pack's bundle but for its signature, with the committed scenarios as its tests. */
export async function shippedBundleTexts(
  profile: GovernanceProfile,
  regions = DEFAULT_REGIONS,
): Promise<Record<string, string>> {
  const scenarios = (await committedScenarios()).filter((scenario) => profileNamed(scenario.profile) === profile);
  return bundleTexts(
    policyIn(shippedPolicy(profile), regions),
    scenarios.filter(isAskedIn(regions)).map((one) => regoTestFrom(one, regions)),
  );
}

/**
 * Writes a pack as a signed OPA bundle, and beside it the public key that verifies it. Exit code 2 for a pack that there is
 * not.
 */
export async function runBundle({
  profile,
  out,
  json,
}: {
  profile: string;
  out: string;
  json: boolean;
}): Promise<number> {
  const named = GOVERNANCE_PROFILES.find((one) => one === profileNamed(profile));
  if (named === undefined) {
    process.stderr.write(`There is no pack ${profile}. There are ${GOVERNANCE_PROFILES.join(", ")}.\n`);
    return 2;
  }
  completeEnvironment("local");
  const { CONDUCTOR_SECRET: secret, CONDUCTOR_REGIONS: regions } = parseEnv(process.env);
  const { privateKey, publicKey, keyId } = bundleSigningKey(secret);
  const archive = bundleOf(await shippedBundleTexts(named, regions), { privateKey, keyId });
  const { revision } = verifyBundle(archive, publicKey);
  const [file, key] = [path.join(out, `${named}.tar.gz`), path.join(out, `${named}.pub.pem`)];
  await mkdir(out, { recursive: true });
  await writeFile(file, archive);
  await writeFile(key, publicKey.export({ format: "pem", type: "spki" }));
  const sha256 = createHash("sha256").update(archive).digest("hex");
  tell(
    json,
    { profile: named, revision, bundle: file, key, keyId, bytes: archive.length, sha256 },
    `${file}: ${archive.length} bytes, ${revision}\n${key}: what verifies it (ES256, key ${keyId})\n`,
  );
  return 0;
}

/** Checks a bundle against a public key; exit code 1 when it is not to be used, with the reason. */
export async function runBundleVerify({
  verify,
  key,
  json,
}: {
  verify: string;
  key: string;
  json: boolean;
}): Promise<number> {
  try {
    const verified = verifyBundle(await readFile(verify), createPublicKey(await readFile(key)));
    tell(json, { valid: true, ...verified }, `Valid: ${verified.revision}\n  ${verified.files.join(", ")}\n`);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tell(json, { valid: false, reason }, "");
    if (!json) process.stderr.write(`Not valid: ${reason}\n`);
    return 1;
  }
}

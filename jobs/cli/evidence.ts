import path from "node:path";
import { access } from "node:fs/promises";
import { type BuiltBundle, exportBundle, verifyingKeys } from "@/server/bundles";
import type { Audience } from "@/server/bundles/domain/cuts";
import type { BundleTag } from "@/server/bundles/domain/format";
import { systemClock } from "@/server/kernel/clock";
import { Refusal } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { blobStoreOf } from "@/server/platform/blob-store";
import { parseEnv } from "@/server/platform/env";
import { findTenantId } from "@/server/tenants";
import { completeEnvironment } from "./local-state";
import { withDatabase } from "./open-database";

const PERIOD_MS = 90 * 86_400_000;

function words(
  { digest, bytes, files, completeness, missing, withheld }: BuiltBundle,
  file: string,
  isDryRun: boolean,
): string {
  const gaps = missing.map(({ what, why }) => `  missing: ${what}: ${why}`);
  const what = isDryRun ? `a dry run, ${completeness}` : completeness;
  const left = withheld === 0 ? "" : `, ${withheld} withheld`;
  return [`${file}: ${what}, ${files} files${left}, ${bytes} bytes`, `sha-256 ${digest}`, ...gaps, ""].join("\n");
}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** Seals a tenant's evidence into a file; exit code 1 where that is refused. A bundle with gaps is made, and says so. */
export async function runEvidence(asked: {
  tenant: string;
  out: string;
  from?: Date;
  to?: Date;
  dryRun: boolean;
  tag: BundleTag;
  cut?: Audience;
  json: boolean;
}): Promise<number> {
  completeEnvironment("local");
  const env = parseEnv(process.env);
  const file = path.resolve(asked.out);
  const { tag, cut, dryRun: isDryRun } = asked;
  try {
    if (await isThere(file)) throw new Refusal("Conflict", `${asked.out} is there already, and is not written over.`);
    const built = await withDatabase(env, async (database) => {
      const tenantId = await findTenantId(database, asked.tenant);
      if (tenantId === null) throw new Refusal("NotFound", `There is no tenant ${asked.tenant}.`);
      const to = asked.to ?? systemClock.now();
      const period = { from: asked.from ?? new Date(to.getTime() - PERIOD_MS), to };
      const ctx = { database, tenantId, clock: systemClock, newId, requestId: newId("request"), actor: "system", env };
      return exportBundle(ctx, { tag, isDryRun, cut, ...period }, file);
    });
    const { digest, bytes, files, completeness, missing, withheld } = built;
    process.stdout.write(
      asked.json
        ? `${JSON.stringify({ file, tag, isDryRun, digest, bytes, files, completeness, missing, withheld })}\n`
        : words(built, asked.out, isDryRun),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** Prints every public key that this deployment has sealed with, and those that its heads of receipts are signed with. */
export async function runEvidenceKeys(): Promise<number> {
  completeEnvironment("local");
  const env = parseEnv(process.env);
  for (const key of await verifyingKeys(env, blobStoreOf(env))) process.stdout.write(key);
  return 0;
}

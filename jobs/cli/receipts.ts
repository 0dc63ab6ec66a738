import { blobStoreOf } from "@/server/platform/blob-store";
import { parseEnv } from "@/server/platform/env";
import { headSigningKey } from "@/server/platform/keys";
import { verifyChains } from "@/server/receipts";
import { findTenantId } from "@/server/tenants";
import { completeEnvironment } from "./local-state";
import { withDatabase } from "./open-database";

/** Verifies a tenant's receipt and decision chains; exit code 1 when they do not hold or there is no such tenant. */
export async function runReceiptsVerify({ tenant, json }: { tenant: string; json: boolean }): Promise<number> {
  completeEnvironment("local");
  const env = parseEnv(process.env);
  const verdict = await withDatabase(env, async (database) => {
    const tenantId = await findTenantId(database, tenant);
    if (tenantId === null) return null;
    const [blobs, key] = [blobStoreOf(env), headSigningKey(env.CONDUCTOR_SECRET)];
    return verifyChains({ database, tenantId, blobs, key });
  });
  if (verdict === null) {
    process.stderr.write(`There is no tenant ${tenant}.\n`);
    return 1;
  }
  const { receipts, decisions, anchors, unanchored, faults } = verdict;
  const words = [
    `${verdict.verdict}: ${receipts} receipts and ${decisions} decisions, ${anchors} anchors, ${unanchored} links not anchored yet`,
    ...faults,
  ];
  process.stdout.write(json ? `${JSON.stringify(verdict)}\n` : `${words.join("\n")}\n`);
  return verdict.verdict === "ok" ? 0 : 1;
}

import pg from "pg";
import { createDatabase, databaseUrls } from "@/db/client";
import { cloneDatabase, TEST_SECRET } from "@/db/testing/cluster";
import { loadContract } from "@/e2e/sandbox/stripe/contract/cache";
import { accountInProcess } from "@/e2e/sandbox/stripe/in-process";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { applyCatalogue } from "@/server/billing";
import { parseEnv } from "@/server/platform/env";
import { planlessTenantWith } from "@/server/testing/actors";
import { placeWorlds, type Breakage, type Stage } from "./world";

/** A database and a stocked shop for schedules, one after the other; `end` closes what it opened. */
export async function openStage(templateUrl: string, name: string, breakage: Breakage | null) {
  // What a deployment has configured; its seller is put in place below.
  process.env.CONDUCTOR_SECRET ??= TEST_SECRET;
  process.env.LOG_LEVEL ??= "silent";
  const ownerUrl = await cloneDatabase(templateUrl, name);
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: ownerUrl, LOG_LEVEL: "silent" });
  const database = createDatabase(databaseUrls(env), env);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  // Ledgers are written without the runs that they are of.
  await owner.query("set session_replication_role = replica");
  const { as } = await planlessTenantWith(database, ["tenant_admin"]);
  const contract = await loadContract();
  const shop = accountInProcess({ contract, now: () => Date.UTC(2026, 0, 1) });
  const stripe = shop.client();
  await applyCatalogue(stripe, CATALOGUE, { isSandbox: true, signatures: [] });
  const prices = new Map<string, string>();
  for await (const { id, lookup_key: key } of stripe.prices.list({ limit: 100 })) if (key !== null) prices.set(key, id);
  placeWorlds();
  const stage: Stage = {
    ...{ database, owner, template: as.tenant_admin, contract, prices, breakage },
    rows: shop.store.dump(),
  };
  return {
    stage,
    /** What a schedule left is in nobody's way any more. */
    clear: async () => {
      const tables = [
        ...[
          "billing_checkouts",
          "billing_customers",
          "billing_events",
          "billing_looks",
          "entitlements",
          "usage_reports",
        ],
        ...["usage_ledger", "engine.events", "receipts"],
      ];
      await owner.query(tables.map((table) => `delete from ${table}`).join(";"));
    },
    end: async () => {
      await owner.end();
      await database.end();
    },
  };
}

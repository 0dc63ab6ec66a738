import type { Database } from "@/db/client";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { ADD_ONS, type AddOn, isAddOn } from "@/policies/entitlements/features";
import { changeAddOns, listAddOns, overridePlan } from "@/server/entitlements";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { parseEnv } from "@/server/platform/env";
import { findTenantId } from "@/server/tenants";
import { completeEnvironment } from "./local-state";
import { withDatabase } from "./open-database";

const refuse = (message: string, code: 1 | 2): number => {
  process.stderr.write(`${message}\n`);
  return code;
};

/** Does the work for a tenant that is named by its slug, and prints what comes of it; exit code 1 without such a tenant. */
async function forTenant<Outcome>(
  { tenant, json }: { tenant: string; json: boolean },
  work: (database: Database, tenantId: string) => Promise<Outcome>,
  inWords: (outcome: Outcome) => string,
): Promise<number> {
  completeEnvironment("local");
  const outcome = await withDatabase(parseEnv(process.env), async (database) => {
    const tenantId = await findTenantId(database, tenant);
    return tenantId === null ? null : { done: await work(database, tenantId) };
  });
  if (outcome === null) return refuse(`There is no tenant ${tenant}.`, 1);
  process.stdout.write(json ? `${JSON.stringify(outcome.done)}\n` : `${inWords(outcome.done)}\n`);
  return 0;
}

const has = (tenant: string, addOns: readonly string[]) =>
  addOns.length === 0 ? `${tenant} has no add-on.` : `${tenant} has: ${addOns.join(", ")}.`;

/** Prints a tenant's add-ons, and those that there are; exit code 1 when there is no such tenant. */
export const runEntitlementsList = (asked: { tenant: string; json: boolean }): Promise<number> =>
  forTenant(
    asked,
    async (database, tenantId) => ({
      addOns: await listAddOns({ database, tenantId }, systemClock.now()),
      catalogue: Object.keys(ADD_ONS),
    }),
    ({ addOns, catalogue }) => `${has(asked.tenant, addOns)} There are: ${catalogue.join(", ")}.`,
  );

/** Grants or takes away an add-on, with a receipt in the tenant's chain; exit code 1 without the tenant, 2 for no add-on. */
export async function runEntitlementsChange(
  change: "grant" | "revoke",
  asked: { tenant: string; addOn: string; reason?: string; expires?: Date; json: boolean },
): Promise<number> {
  const { tenant, addOn } = asked;
  if (!isAddOn(addOn)) return refuse(`${addOn} is no add-on. There are: ${Object.keys(ADD_ONS).join(", ")}.`, 2);
  const known: AddOn = addOn;
  return forTenant(
    asked,
    (database, tenantId) =>
      changeAddOns({ database, tenantId, clock: systemClock, newId }, change, known, {
        ...(asked.reason === undefined ? {} : { reason: asked.reason }),
        ...(asked.expires === undefined ? {} : { expiresAt: asked.expires }),
      }),
    ({ addOns, isChanged }) => `${isChanged ? "" : "Nothing changed: "}${has(tenant, addOns)}`,
  );
}

interface PlanAsked {
  tenant: string;
  plan: string;
  seats?: number;
  reason: string;
  expires: Date;
  json: boolean;
}

/** Grants a plan by hand until a day, in place of whatever else a tenant has; exit code 1 without the tenant, 2 for no plan. */
export async function runEntitlementsPlan({ tenant, plan, seats = 0, reason, expires, json }: PlanAsked) {
  const sku = CATALOGUE.skus.find(({ id }) => id === plan);
  if (sku === undefined)
    return refuse(`${plan} is no plan. There are: ${CATALOGUE.skus.map(({ id }) => id).join(", ")}.`, 2);
  const granted = { plan: sku.id, addOns: [], moreSeats: seats, reason, expiresAt: expires };
  return forTenant(
    { tenant, json },
    async (database, tenantId) => {
      await overridePlan({ database, tenantId, clock: systemClock, newId }, granted);
      return { plan: sku.id, expiresAt: expires.toISOString() };
    },
    () => `${tenant} has ${sku.title} until ${expires.toISOString().slice(0, 10)}.`,
  );
}

/** Takes away all that was granted by hand: what was bought, or the licence, counts again. Exit code 1 without the tenant. */
export const runEntitlementsEnd = (asked: { tenant: string; json: boolean }): Promise<number> =>
  forTenant(
    asked,
    async (database, tenantId) => {
      await overridePlan({ database, tenantId, clock: systemClock, newId }, null);
      return { addOns: await listAddOns({ database, tenantId }, systemClock.now()) };
    },
    ({ addOns }) => has(asked.tenant, addOns),
  );

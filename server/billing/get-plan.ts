import type { Tx } from "@/db/tenancy";
import { type Banner, type Excess, excessOf } from "@/policies/entitlements/access";
import { skuNamed } from "@/policies/entitlements/catalogue";
import { LIMIT_NAMES, type Limits, type PlanSource } from "@/policies/entitlements/projection";
import { type Standing, standingOf } from "@/server/entitlements";
import { defineRead, noInput } from "@/server/verb";
import { billingItself } from "./billing-itself";
import { findLivingCustomer } from "./ensure-customer";
import { type FeatureDto, featuresFor } from "./list-features";
import { readUse } from "./read-use";
import { findSeller } from "./seller";
import { whyNotToBuy } from "./why-not-to-buy";

/** What a tenant has, and how much of it is used. Moments are ISO 8601. */
export interface PlanDto {
  /** Null where nobody has said anything. */
  plan: {
    source: PlanSource;
    /** Null for add-ons alone. */
    title: string | null;
    addOns: readonly string[];
    status: string;
    statusSince: string;
    periodEnd: string | null;
    graceUntil: string | null;
    cancelAtPeriodEnd: boolean;
    catalogueVersion: number;
  } | null;
  mayStartRuns: boolean;
  readOnlySince: string | null;
  exportUntil: string | null;
  banner: Banner | null;
  /** `used` is null for what is not counted. */
  limits: { limit: keyof Limits; most: number | null; used: number | null }[];
  /** What is beyond its limit: it stays, and nothing is added. */
  excess: Excess[];
  /** Whether anything is sold here, why this tenant may not buy now, and whether it has a customer to manage. */
  sale: { isOpen: boolean; whyNot: string | null; hasCustomer: boolean };
  features: FeatureDto[];
}

const iso = (date: Date | null) => date?.toISOString() ?? null;

function planOf({ projection }: Standing): PlanDto["plan"] {
  if (projection === null) return null;
  const { source, plan, addOns, status, statusSince, cancelAtPeriodEnd, catalogueVersion } = projection;
  return {
    ...{ source, title: plan === null ? null : skuNamed(plan).title, addOns, status, cancelAtPeriodEnd },
    ...{ statusSince: statusSince.toISOString(), periodEnd: iso(projection.periodEnd) },
    ...{ graceUntil: iso(projection.graceUntil), catalogueVersion },
  };
}

async function saleTo(tx: Tx, tenantId: string, now: Date): Promise<PlanDto["sale"]> {
  const [whyNot, customer] = await Promise.all([whyNotToBuy(tx, tenantId, now), findLivingCustomer(tx, tenantId)]);
  return { isOpen: findSeller() !== null, whyNot, hasCustomer: customer !== null };
}

/** The tenant's plan, what it gives at this moment, and how much of its limits is used. */
export const getPlan = defineRead({
  action: "billing.read",
  input: noInput,
  load: billingItself,
  read: async ({ ctx, tx, now }): Promise<PlanDto> => {
    const [standing, use, sale] = await Promise.all([
      ...([standingOf(tx, ctx.tenantId, now), readUse(tx, ctx.tenantId, now), saleTo(tx, ctx.tenantId, now)] as const),
    ]);
    const { limits, mayStartRuns, banner, readOnlySince, exportUntil } = standing.access;
    return {
      ...{ plan: planOf(standing), mayStartRuns, banner, sale },
      ...{ readOnlySince: iso(readOnlySince), exportUntil: iso(exportUntil) },
      limits: LIMIT_NAMES.map((limit) => ({ limit, most: limits[limit], used: use[limit] ?? null })),
      // What is beyond the included use is billed, and not too much.
      excess: excessOf({ ...limits, wuIncluded: null }, use),
      features: featuresFor(ctx.tenantId, standing),
    };
  },
});

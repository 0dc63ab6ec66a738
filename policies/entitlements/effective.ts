import { limitsOfPlan, NO_LIMITS, type Projection } from "./projection";
import type { SkuId } from "./schema";
import { isAddOn } from "./features";
import type { AddOn } from "./words";

/** What an operator has granted by hand. */
export interface Override {
  /** Takes the place of every other source of a plan; null leaves that, and adds add-ons to it. */
  plan: SkuId | null;
  addOns: readonly string[];
  moreSeats: number;
  catalogueVersion: number;
  grantedAt: Date;
  expiresAt: Date;
}

interface Sources {
  override: Override | null;
  licence: Projection | null;
  bought: Projection | null;
  /** Which whoever tries a plan has, or had. */
  trial: Projection | null;
}

const NEVER_BOUGHT = ["incomplete", "incomplete_expired"];

/** What was bought; a trial for as long as nothing was, and beneath a purchase whose first payment is not through. */
function boughtOrTried(bought: Projection | null, trial: Projection | null): Projection | null {
  if (bought === null || trial === null) return bought ?? trial;
  if (!NEVER_BOUGHT.includes(bought.status)) return bought;
  return bought.status === "incomplete" ? { ...bought, previous: bought.previous ?? trial } : trial;
}

const both = (one: readonly AddOn[], other: readonly AddOn[]): AddOn[] => [...new Set([...one, ...other])].sort();

/** An override by itself, with its end on record once it has come. */
function byHand({ plan, addOns, moreSeats, catalogueVersion, grantedAt, expiresAt }: Override, now: Date): Projection {
  const known = addOns.filter(isAddOn);
  const limits = plan === null ? NO_LIMITS : limitsOfPlan(plan, known, moreSeats, catalogueVersion);
  const isOver = expiresAt <= now;
  return {
    ...{ source: "manual", plan, addOns: known, seats: limits.seats, limits, catalogueVersion, previous: null },
    ...{ status: isOver ? "canceled" : "active", statusSince: isOver ? expiresAt : grantedAt },
    ...{ graceUntil: null, periodEnd: expiresAt, cancelAtPeriodEnd: false, endsAt: null },
    endedAt: isOver ? expiresAt : null,
  };
}

/** What was bought, with add-ons that were granted to it. */
function withAddOns(base: Projection, { addOns }: Override): Projection {
  const granted = addOns.filter(isAddOn);
  const { plan, catalogueVersion, limits } = base;
  const isLonger = plan !== null && granted.includes("compliance");
  const { retentionMonths } = isLonger ? limitsOfPlan(plan, granted, 0, catalogueVersion) : limits;
  return { ...base, addOns: both(base.addOns, granted), limits: { ...limits, retentionMonths } };
}

/**
 * What counts for a tenant, by exactly one source of its plan: an override with a plan until it expires, else the licence of the
 * deployment, else what was bought, else a trial. A plan by hand that has expired with nothing beneath it has ended as any other.
 */
export function effectiveProjection({ override, licence, bought, trial }: Sources, now: Date): Projection | null {
  const beneath = licence ?? boughtOrTried(bought, trial);
  if (override === null) return beneath;
  const isOver = override.expiresAt <= now;
  if (override.plan !== null) return isOver ? (beneath ?? byHand(override, now)) : byHand(override, now);
  if (isOver) return beneath;
  return beneath === null ? byHand(override, now) : withAddOns(beneath, override);
}

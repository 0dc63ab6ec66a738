import { CATALOGUE, CATALOGUES, skuNamed } from "./catalogue";
import type { Catalogue, SkuId } from "./schema";
import { TRIAL_CAPS } from "./status";
import type { AddOn } from "./words";

/** Who says what a tenant is entitled to: exactly one of them for a tenant. */
export type PlanSource = "stripe" | "licence" | "manual" | "trial";

/** How much of everything there is; null where as much as one likes. */
export interface Limits {
  /** Members at most. */
  seats: number | null;
  runsPerMonth: number | null;
  concurrentRuns: number | null;
  /** Weighted tasks of a month that the plan's price includes, and those beyond which nothing runs. */
  wuIncluded: number | null;
  wuCap: number | null;
  retentionMonths: number | null;
}
export const LIMIT_NAMES = [
  ...(["seats", "runsPerMonth", "concurrentRuns", "wuIncluded", "wuCap", "retentionMonths"] as const),
] as const satisfies readonly (keyof Limits)[];

/** What a source says a tenant has, at one moment, with nothing left to look up. */
export interface Projection {
  source: PlanSource;
  /** Null for a tenant that has add-ons alone. */
  plan: SkuId | null;
  addOns: readonly AddOn[];
  /** Members at most, bought ones included; null where as many as one likes. */
  seats: number | null;
  /** A word of `status.ts`; another one restricts. */
  status: string;
  /** When it came to that status. */
  statusSince: Date;
  /** Until when all goes on though a payment failed. */
  graceUntil: Date | null;
  periodEnd: Date | null;
  cancelAtPeriodEnd: boolean;
  /** When it will end by itself; null while nobody has said so. */
  endsAt: Date | null;
  /** When it did end, which is not when somebody cancelled it. */
  endedAt: Date | null;
  limits: Limits;
  catalogueVersion: number;
  /** What was there before a purchase whose first payment is not through. */
  previous: Projection | null;
}

/** The catalogue of a version; the present one for a version that this release does not have. */
export const catalogueOf = (version: number): Catalogue =>
  CATALOGUES.find((catalogue) => catalogue.version === version) ?? CATALOGUE;

/** What a plan of a catalogue limits, with `moreSeats` bought beside those included. */
export function limitsOfPlan(plan: SkuId, addOns: readonly AddOn[], moreSeats: number, version: number): Limits {
  const catalogue = catalogueOf(version);
  const { seatsIncluded, ...others } = skuNamed(plan, catalogue).limits;
  return {
    ...others,
    seats: seatsIncluded === null ? null : seatsIncluded + moreSeats,
    retentionMonths: addOns.includes("compliance") ? catalogue.complianceRetentionMonths : others.retentionMonths,
  };
}

/** The limits of a tenant that no plan limits. */
export const NO_LIMITS: Limits = {
  ...{ seats: null, runsPerMonth: null, concurrentRuns: null, wuIncluded: null, wuCap: null, retentionMonths: null },
};

/** The smaller of two limits, where null is none. */
const lowerOf = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other);

/** Limits as they are for whoever tries a plan. */
export const trialLimits = (limits: Limits): Limits => ({
  seats: lowerOf(limits.seats, TRIAL_CAPS.seats),
  runsPerMonth: lowerOf(limits.runsPerMonth, TRIAL_CAPS.runsPerMonth),
  concurrentRuns: lowerOf(limits.concurrentRuns, TRIAL_CAPS.concurrentRuns),
  wuIncluded: lowerOf(limits.wuIncluded, TRIAL_CAPS.wuIncluded),
  wuCap: lowerOf(limits.wuCap, TRIAL_CAPS.wuCap),
  retentionMonths: lowerOf(limits.retentionMonths, TRIAL_CAPS.retentionMonths),
});

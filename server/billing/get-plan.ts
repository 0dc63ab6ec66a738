import type { Tx } from "@/db/tenancy";
import { type Banner, type Excess, excessOf } from "@/policies/entitlements/access";
import { skuNamed } from "@/policies/entitlements/catalogue";
import { type Choice, monthCents, SOLD_PLANS } from "@/policies/entitlements/change-plan";
import { ADD_ONS, isAddOn } from "@/policies/entitlements/features";
import {
  catalogueOf,
  LIMIT_NAMES,
  type Limits,
  type PlanSource,
  type Projection,
} from "@/policies/entitlements/projection";
import { loadBought, type Standing, standingOf } from "@/server/entitlements";
import { defineRead, noInput } from "@/server/verb";
import { billingItself } from "./billing-itself";
import { findLivingCustomer } from "./ensure-customer";
import { type FeatureDto, featuresFor } from "./list-features";
import { lastChange } from "./open-change";
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
  /** What was ordered and does not count yet, or was not paid in time lately; null where all is as it was ordered. */
  change: {
    status: "lapsed" | "scheduled" | "waiting";
    title: string;
    dueAt: string | null;
    url: string | null;
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
  sale: { isOpen: boolean; whyNot: string | null; hasCustomer: boolean; bought: BoughtDto | null };
  features: FeatureDto[];
}

/** What is had by subscription, as a choice that can be changed, and what a month of it costs in cents before tax and use. */
export interface BoughtDto {
  choice: Choice;
  monthCents: number;
  status: string;
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

/** For how long a change is told of that was not paid in time. */
const LAPSE_TOLD_MS = 7 * 86_400_000;

async function changeOf(tx: Tx, tenantId: string, now: Date): Promise<PlanDto["change"]> {
  const change = await lastChange(tx, tenantId);
  if (change === null) return null;
  const { status, plan, addOns, moreSeats, dueAt, url, settledAt } = change;
  const isTold =
    status === "scheduled" ||
    status === "waiting" ||
    (status === "lapsed" && settledAt !== null && now.getTime() - settledAt.getTime() < LAPSE_TOLD_MS);
  if (!isTold) return null;
  const more = [
    ...addOns.filter(isAddOn).map((name) => ADD_ONS[name].title),
    ...(moreSeats === 0 ? [] : [seatWords(moreSeats)]),
  ];
  return { status, title: [skuNamed(plan).title, ...more].join(", "), dueAt: iso(dueAt), url };
}

const seatWords = (seats: number) => (seats === 1 ? "1 seat more" : `${seats} seats more`);

async function saleTo(tx: Tx, tenantId: string, now: Date): Promise<PlanDto["sale"]> {
  const [whyNot, customer, bought] = await Promise.all([
    whyNotToBuy(tx, tenantId, now),
    findLivingCustomer(tx, tenantId),
    loadBought(tx, tenantId),
  ]);
  return { isOpen: findSeller() !== null, whyNot, hasCustomer: customer !== null, bought: boughtOf(bought) };
}

const OVER = ["canceled", "incomplete", "incomplete_expired"];

function boughtOf(bought: Projection | null): BoughtDto | null {
  if (bought === null || OVER.includes(bought.status)) return null;
  const plan = SOLD_PLANS.find((sold) => sold === bought.plan);
  if (plan === undefined) return null;
  const { catalogueVersion: version, seats, status } = bought;
  const included = skuNamed(plan, catalogueOf(version)).limits.seatsIncluded ?? 0;
  const choice: Choice = {
    plan,
    addOns: bought.addOns.filter((name) => name !== "custom-adapters"),
    moreSeats: Math.max(0, (seats ?? included) - included),
  };
  return { choice, monthCents: monthCents(choice, version), status };
}

/** The tenant's plan, what it gives at this moment, and how much of its limits is used. */
export const getPlan = defineRead({
  action: "billing.read",
  input: noInput,
  load: billingItself,
  read: async ({ ctx, tx, now }): Promise<PlanDto> => {
    const [standing, use, sale, change] = await Promise.all([
      standingOf(tx, ctx.tenantId, now),
      readUse(tx, ctx.tenantId, now),
      saleTo(tx, ctx.tenantId, now),
      changeOf(tx, ctx.tenantId, now),
    ]);
    const { limits, mayStartRuns, banner, readOnlySince, exportUntil } = standing.access;
    return {
      ...{ plan: planOf(standing), mayStartRuns, banner, sale, change },
      ...{ readOnlySince: iso(readOnlySince), exportUntil: iso(exportUntil) },
      limits: LIMIT_NAMES.map((limit) => ({ limit, most: limits[limit], used: use[limit] ?? null })),
      // What is beyond the included use is billed, and not too much.
      excess: excessOf({ ...limits, wuIncluded: null }, use),
      features: featuresFor(ctx.tenantId, standing),
    };
  },
});

import { type BoughtPlan, type ItemFault, readItems } from "./bought-items";
import { CATALOGUE } from "./catalogue";
import { chooseSubscription, hasPaid } from "./choose-subscription";
import { type Disputed, lostDisputes, openDisputes } from "./disputes";
import { graceUntil } from "./grace";
import { type Limits, limitsOfPlan, NO_LIMITS, type Projection, trialLimits } from "./projection";
import type { DeletedStripeCustomer, StripeCustomer, StripeInvoice, StripeSubscription } from "./stripe-objects";

/** Everything of one customer as it is at Stripe now, fetched under the customer's lock: never what an event carried. */
export interface Refetched {
  customer: StripeCustomer | DeletedStripeCustomer;
  /** All of them, those that ended too. */
  subscriptions: readonly StripeSubscription[];
  invoices: readonly StripeInvoice[];
  disputes: readonly Disputed[];
}

/** Whose it should be, by our own record. */
export interface Expected {
  tenantId: string;
  deployment: string;
  livemode: boolean;
  /** What the tenant has from Stripe until now. */
  previous: Projection | null;
}

/** What an operator is to see to. */
export interface Finding {
  reason:
    | ItemFault
    | "foreign-deployment"
    | "foreign-tenant"
    | "live-and-test"
    | "several-subscriptions"
    | "customer-deleted"
    | "collection-paused"
    | "payment-disputed"
    | "dispute-lost"
    | "unknown-status";
  detail: string;
}

export type Projected =
  | { kind: "projected"; projection: Projection | null; findings: Finding[]; toCancel: string[] }
  /** Nothing of it is believed: what the tenant has stays as it is. */
  | { kind: "quarantined"; finding: Finding };

const at = (seconds: number | null) => (seconds === null ? null : new Date(seconds * 1000));
const quarantine = (reason: Finding["reason"], detail: string): Projected => ({
  ...{ kind: "quarantined", finding: { reason, detail } },
});

/** Why what was fetched is not this tenant's; null where it is. What was made by hand at Stripe says nothing of itself. */
function foreign({ customer, subscriptions }: Refetched, expected: Expected): Projected | null {
  if (customer.deleted === true) return null;
  for (const { id, livemode, metadata } of [customer, ...subscriptions]) {
    if (livemode !== expected.livemode) return quarantine("live-and-test", id);
    if (metadata.deployment !== undefined && metadata.deployment !== expected.deployment)
      return quarantine("foreign-deployment", id);
    if (metadata.tenant_id !== undefined && metadata.tenant_id !== expected.tenantId)
      return quarantine("foreign-tenant", id);
  }
  return null;
}

/** Everything ended, at a moment that was known before where it was. */
function endedNow(previous: Projection | null, now: Date): Projection | null {
  if (previous === null) return null;
  const before = previous.status === "incomplete" ? previous.previous : previous;
  if (before === null || before.status === "canceled") return before;
  return {
    ...{ ...before, status: "canceled", statusSince: now, endedAt: now, endsAt: null, graceUntil: null },
    ...{ cancelAtPeriodEnd: false, previous: null },
  };
}

interface Seen {
  subscription: StripeSubscription;
  invoices: readonly StripeInvoice[];
  bought: BoughtPlan | null;
  /** What was paid for it was taken back by a bank, and nothing was paid since. */
  isTakenBack: boolean;
}

/** Limits of a trial for as long as nothing was ever paid: also where the first charge after it failed. */
function limitsNow({ subscription, invoices, bought }: Seen): Limits {
  if (bought === null) return NO_LIMITS;
  const limits = limitsOfPlan(bought.plan, bought.addOns, bought.moreSeats, bought.catalogueVersion);
  const isUnpaidTrial = subscription.trial_end !== null && subscription.status !== "active";
  return isUnpaidTrial && !hasPaid(subscription, invoices) ? trialLimits(limits) : limits;
}

function projectionOf(seen: Seen, previous: Projection | null, now: Date): Projection {
  const { subscription, bought } = seen;
  const status = seen.isTakenBack ? "unpaid" : subscription.status;
  const limits = limitsNow(seen);
  const periodEnd = bought?.periodEnd ?? null;
  return {
    ...{ source: "stripe", plan: bought?.plan ?? null, addOns: bought?.addOns ?? [], seats: limits.seats, status },
    statusSince: previous?.status === status ? previous.statusSince : now,
    graceUntil: graceUntil(subscription, seen.invoices, previous, now),
    ...{ periodEnd, cancelAtPeriodEnd: subscription.cancel_at_period_end },
    endsAt: at(subscription.cancel_at) ?? (subscription.cancel_at_period_end ? periodEnd : null),
    endedAt: at(subscription.ended_at),
    ...{ limits, catalogueVersion: bought?.catalogueVersion ?? CATALOGUE.version, previous: null },
  };
}

/** A purchase whose first payment is not through: what was before counts, and is not forgotten by looking twice. */
function incomplete(seen: Seen, previous: Projection | null, now: Date): Projection {
  const before = previous?.status === "incomplete" ? previous.previous : previous;
  return { ...projectionOf(seen, previous, now), previous: before };
}

/**
 * What a tenant has bought, from everything of its customer at Stripe. Pure: the same objects give the same answer, whichever
 * events brought them in whichever order. Of several subscriptions the oldest that was paid counts, and the others are to be
 * cancelled. What cannot be understood is quarantined and changes nothing.
 */
export function project(fetched: Refetched, expected: Expected, now: Date): Projected {
  const { previous } = expected;
  const { customer, invoices } = fetched;
  if (customer.deleted === true) {
    const findings: Finding[] = [{ reason: "customer-deleted", detail: customer.id }];
    return { kind: "projected", projection: endedNow(previous, now), findings, toCancel: [] };
  }
  const notOurs = foreign(fetched, expected);
  if (notOurs !== null) return notOurs;
  const { chosen, others, standing } = chooseSubscription(fetched.subscriptions, invoices);
  if (chosen === null) return { kind: "projected", projection: endedNow(previous, now), findings: [], toCancel: [] };
  const read = readItems(chosen);
  if ("fault" in read && standing !== "ended") return quarantine(read.fault, `${chosen.id}: ${read.detail}`);
  const lost = lostDisputes(chosen, fetched.disputes, invoices);
  const isTakenBack = standing === "live" && lost.length > 0;
  const seen: Seen = { subscription: chosen, invoices, bought: "plan" in read ? read.plan : null, isTakenBack };
  const toCancel = others.map(({ id }) => id);
  return {
    ...{ kind: "projected", toCancel },
    findings: [
      ...findingsOf(chosen, toCancel, standing === "unknown"),
      ...openDisputes(chosen, fetched.disputes).map(({ id }): Finding => ({ reason: "payment-disputed", detail: id })),
      ...lost.map(({ id }): Finding => ({ reason: "dispute-lost", detail: id })),
    ],
    projection: (standing === "incomplete" ? incomplete : projectionOf)(seen, previous, now),
  };
}

function findingsOf(chosen: StripeSubscription, toCancel: readonly string[], isUnknown: boolean): Finding[] {
  const several = `keep ${chosen.id}, cancel ${toCancel.join(", ")}`;
  return [
    ...(toCancel.length === 0 ? [] : [{ reason: "several-subscriptions" as const, detail: several }]),
    ...(chosen.pause_collection === null ? [] : [{ reason: "collection-paused" as const, detail: chosen.id }]),
    ...(isUnknown ? [{ reason: "unknown-status" as const, detail: `${chosen.id}: ${chosen.status}` }] : []),
  ];
}

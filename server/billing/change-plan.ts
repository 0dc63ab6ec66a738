import { billingChanges } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { skuNamed } from "@/policies/entitlements/catalogue";
import { type Choice, tidy } from "@/policies/entitlements/change-plan";
import { seatsTaken } from "@/server/entitlements";
import { actorRef } from "@/server/kernel/actor";
import { conflict, must, preconditionFailed } from "@/server/kernel/errors";
import { canonicalJson } from "@/server/kernel/json";
import { defineRead, defineWrite, noInput, type TenantContext, type Verb } from "@/server/verb";
import { atSeller } from "./at-seller";
import { billingItself } from "./billing-itself";
import { findLivingCustomer, lockCustomer } from "./ensure-customer";
import { type LivingPlan, loadLivingPlan } from "./living-plan";
import { type Change, closeChanges, lastChange, markChange, openChange } from "./open-change";
import { billedBy } from "./preview-change";
import { makeWay, scheduleChange } from "./schedule-change";
import { changeSchema, orderSchema } from "./schemas";
import { getSeller, type Seller } from "./seller";
import { syncCustomer } from "./sync-customer";
import { reckonedFrom, weighChange, type WeighedChange } from "./weigh-change";

/** How an order stands: it counts, it waits to be paid at `url`, or it counts from `dueAt` on (ISO 8601). */
export interface Ordered {
  standing: "applied" | "scheduled" | "waiting";
  url: string | null;
  dueAt: string | null;
}

/** For how long what a preview showed may be ordered. */
const PREVIEW_HOLDS_SECONDS = 3_600;

async function boughtBy(tx: Tx, tenantId: string): Promise<{ customerId: string }> {
  const customer = await findLivingCustomer(tx, tenantId);
  if (customer === null) throw preconditionFailed("This tenant has bought nothing yet: choose a plan first.");
  return { customerId: customer.id };
}

/** Before the seller is asked anything: who asks may change the plan, and there is one. */
const asked = defineRead({
  action: "billing.change",
  input: changeSchema,
  load: billingItself,
  read: async ({ ctx, tx, now }, { prorationDate, ...choice }) => ({
    ...{ ...(await boughtBy(tx, ctx.tenantId)), taken: await seatsTaken(tx, ctx.tenantId) },
    ...{ choice, prorationDate, now },
  }),
});

const isSame = (change: Change, choice: Choice, prorationDate: number) =>
  change.status === "ordered" &&
  change.prorationDate === prorationDate &&
  canonicalJson([change.plan, change.addOns, change.moreSeats]) ===
    canonicalJson([choice.plan, [...choice.addOns], choice.moreSeats]);

/** Within the transaction of the receipt: the order on record before the seller hears of it, or the same one made just now. */
const reserve = defineWrite({
  action: "billing.change",
  receipt: "billing.change",
  input: orderSchema,
  load: billingItself,
  write: async ({ ctx, tx, now }, { customerId, subscriptionId, prorationDate, ...asked }) => {
    const { tenantId } = ctx;
    const choice = tidy(asked);
    await lockCustomer(tx, tenantId, customerId);
    const open = await openChange(tx, tenantId);
    const detail = { plan: choice.plan, addOns: [...choice.addOns], moreSeats: choice.moreSeats, prorationDate };
    if (open !== null && isSame(open, choice, prorationDate))
      return { value: { row: open, isAgain: true }, subject: `change:${open.id}`, detail };
    await closeChanges(tx, tenantId, "undone", now);
    const [row] = await tx
      .insert(billingChanges)
      .values({
        ...{ tenantId, id: ctx.newId("billingChange"), customerId, subscriptionId, prorationDate },
        ...{ plan: choice.plan, addOns: [...choice.addOns], moreSeats: choice.moreSeats, status: "ordered" },
        ...{ orderedBy: actorRef(ctx.actor), orderedAt: now },
      })
      .returning();
    const made = must(row, "an insert gives its row");
    return { value: { row: made, isAgain: false }, subject: `change:${made.id}`, detail };
  },
});

function refuseOldPreview(living: LivingPlan, prorationDate: number, now: Date): void {
  const from = reckonedFrom(living, new Date(now.getTime() - PREVIEW_HOLDS_SECONDS * 1000));
  if (prorationDate >= from && prorationDate <= reckonedFrom(living, now)) return;
  throw conflict("What was shown is no longer what it would cost. Look at the numbers again.", {
    reason: "old-preview",
  });
}

/** Tells the seller to change the items at once. What is not paid then waits there, and what was before counts on. */
async function changeNow({ stripe }: Seller, living: LivingPlan, change: WeighedChange, row: Change): Promise<void> {
  const { subscription } = living;
  // Those who are sent invoices pay later in any case: the seller holds nothing back for them.
  const isHeld = subscription.collection_method === "charge_automatically" && !change.isTrueUp;
  await stripe.subscriptions.update(
    subscription.id,
    {
      ...{ items: change.items, proration_behavior: billedBy(change), proration_date: row.prorationDate },
      ...(isHeld ? { payment_behavior: "pending_if_incomplete" as const } : {}),
    },
    { idempotencyKey: `change:${row.id}` },
  );
}

interface Telling {
  seller: Seller;
  living: LivingPlan;
  change: WeighedChange;
  ordered: { row: Change; isAgain: boolean };
}

async function tellSeller(ctx: TenantContext, { seller, living, change, ordered }: Telling): Promise<void> {
  const { row, isAgain } = ordered;
  // It was told already, by a try that did not live to hear the answer: what waits now is this very order.
  if (isAgain && living.subscription.pending_update !== null) return;
  await atSeller(async () => {
    await makeWay(seller, living.subscription);
    if (change.moment === "now") return changeNow(seller, living, change, row);
    await scheduleChange(seller, living, change, row);
    const dueAt = new Date(living.period.end * 1000);
    await withTenant(ctx, (tx) => markChange(tx, row, { status: "scheduled", dueAt }));
  });
}

async function standingOf(ctx: TenantContext): Promise<Ordered> {
  const row = must(await withTenant(ctx, (tx) => lastChange(tx, ctx.tenantId)), "an order is on record");
  const { status, url, dueAt } = row;
  if (status !== "applied" && status !== "scheduled" && status !== "waiting")
    throw conflict("Another change was ordered at the same time. Look at the plan again.", { reason: "replaced" });
  return { standing: status, url, dueAt: dueAt?.toISOString() ?? null };
}

/**
 * Orders a change of the plan, as its preview showed it. What is added counts as soon as it is paid, what is taken away from the
 * renewal on; the last order counts. Throws PreconditionFailed for a change that cannot be, and Conflict for a preview that is old.
 */
export const changePlan: Verb<typeof changeSchema, Ordered> = Object.assign(
  async (...[ctx, input]: Parameters<typeof asked>): Promise<Ordered> => {
    const { choice, customerId, taken, prorationDate, now } = await asked(ctx, input);
    const seller = getSeller();
    const living = await loadLivingPlan(seller, customerId);
    const change = await weighChange(seller, living, choice, taken);
    refuseOldPreview(living, prorationDate, now);
    const subscriptionId = living.subscription.id;
    const ordered = await reserve(ctx, {
      ...change.to,
      addOns: [...change.to.addOns],
      prorationDate,
      customerId,
      subscriptionId,
    });
    await tellSeller(ctx, { seller, living, change, ordered });
    await syncCustomer({ ...ctx, seller, by: actorRef(ctx.actor) }, customerId);
    return standingOf(ctx);
  },
  { kind: "write" as const, action: asked.action, input: asked.input },
);

const withdrawn = defineWrite({
  action: "billing.change",
  receipt: "billing.undo",
  input: noInput,
  load: billingItself,
  write: async ({ ctx, tx }) => {
    const open = await openChange(tx, ctx.tenantId);
    if (open === null || open.status === "ordered")
      throw preconditionFailed("No change is under way that could be taken back.");
    return { value: open, subject: `change:${open.id}`, detail: { plan: skuNamed(open.plan).title } };
  },
});

/** Takes back the change that is scheduled, or that waits to be paid: the plan stays as it is. PreconditionFailed where there is none. */
export const undoChange: Verb<typeof noInput, { isUndone: true }> = Object.assign(
  async (...[ctx, input]: Parameters<typeof withdrawn>): Promise<{ isUndone: true }> => {
    const change = await withdrawn(ctx, input);
    const seller = getSeller();
    await atSeller(async () => {
      await makeWay(seller, await seller.stripe.subscriptions.retrieve(change.subscriptionId));
    });
    await withTenant(ctx, (tx) => markChange(tx, change, { status: "undone", settledAt: ctx.clock.now() }));
    await syncCustomer({ ...ctx, seller, by: actorRef(ctx.actor) }, change.customerId);
    return { isUndone: true };
  },
  { kind: withdrawn.kind, action: withdrawn.action, input: withdrawn.input },
);

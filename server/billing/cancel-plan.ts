import { type Tx, withTenant } from "@/db/tenancy";
import { loadBought } from "@/server/entitlements";
import { actorRef } from "@/server/kernel/actor";
import { preconditionFailed } from "@/server/kernel/errors";
import { defineWrite, noInput, type TenantContext, type Verb } from "@/server/verb";
import { atSeller } from "./at-seller";
import { billingItself } from "./billing-itself";
import { findLivingCustomer } from "./ensure-customer";
import { findSubscription } from "./living-plan";
import { closeChanges } from "./open-change";
import { makeWay } from "./schedule-change";
import { cancelSchema } from "./schemas";
import { getSeller, type Seller } from "./seller";
import { syncCustomer } from "./sync-customer";

const LIVES = ["active", "trialing", "past_due", "unpaid", "paused"];

/** The tenant's customer, for one whose plan lives by our record. Throws PreconditionFailed otherwise. */
async function living(tx: Tx, tenantId: string): Promise<{ customerId: string }> {
  const [customer, bought] = await Promise.all([findLivingCustomer(tx, tenantId), loadBought(tx, tenantId)]);
  if (customer === null || bought === null || !LIVES.includes(bought.status))
    throw preconditionFailed("This tenant has no plan that goes on.");
  return { customerId: customer.id };
}

async function subscriptionOf(seller: Seller, customerId: string) {
  const subscription = await findSubscription(seller, customerId);
  if (subscription === null || !LIVES.includes(subscription.status))
    throw preconditionFailed("This tenant has no plan that goes on.");
  return subscription;
}

const look = (ctx: TenantContext, seller: Seller, customerId: string) =>
  syncCustomer({ ...ctx, seller, by: actorRef(ctx.actor) }, customerId);

const cancelling = defineWrite({
  action: "billing.change",
  receipt: "billing.cancel",
  input: cancelSchema,
  load: billingItself,
  write: async ({ ctx, tx }, said) => ({
    value: { ...(await living(tx, ctx.tenantId)), ...said },
    detail: { reason: said.reason, comment: said.comment },
  }),
});

/**
 * Cancels the plan to the end of the period that is paid: until then all of it works. A change that was ordered is given up.
 * Twice is the same as once. Throws PreconditionFailed where no plan goes on.
 */
export const cancelPlan: Verb<typeof cancelSchema, { isCancelled: true }> = Object.assign(
  async (...[ctx, input]: Parameters<typeof cancelling>): Promise<{ isCancelled: true }> => {
    const { customerId, reason, comment } = await cancelling(ctx, input);
    const seller = getSeller();
    const subscription = await subscriptionOf(seller, customerId);
    await atSeller(async () => {
      await makeWay(seller, subscription);
      await seller.stripe.subscriptions.update(subscription.id, {
        cancel_at_period_end: true,
        cancellation_details: { feedback: reason, ...(comment === "" ? {} : { comment }) },
      });
    });
    await withTenant(ctx, (tx) => closeChanges(tx, ctx.tenantId, "undone", ctx.clock.now()));
    await look(ctx, seller, customerId);
    return { isCancelled: true };
  },
  { kind: cancelling.kind, action: cancelling.action, input: cancelling.input },
);

const resuming = defineWrite({
  action: "billing.change",
  receipt: "billing.resume",
  input: noInput,
  load: billingItself,
  write: async ({ ctx, tx }) => ({ value: await living(tx, ctx.tenantId) }),
});

/** Takes a cancellation back before it has come to its end: the plan goes on as it was. PreconditionFailed once it has ended. */
export const resumePlan: Verb<typeof noInput, { isResumed: true }> = Object.assign(
  async (...[ctx, input]: Parameters<typeof resuming>): Promise<{ isResumed: true }> => {
    const { customerId } = await resuming(ctx, input);
    const seller = getSeller();
    const { id, cancel_at: at, cancel_at_period_end: atEnd } = await subscriptionOf(seller, customerId);
    if (atEnd || at !== null)
      await atSeller(() =>
        seller.stripe.subscriptions.update(id, atEnd ? { cancel_at_period_end: false } : { cancel_at: "" }),
      );
    await look(ctx, seller, customerId);
    return { isResumed: true };
  },
  { kind: resuming.kind, action: resuming.action, input: resuming.input },
);

import { and, asc, eq, isNull, like } from "drizzle-orm";
import { billingEvents } from "@/db/schema";
import { withoutTenant, withSystem } from "@/db/tenancy";
import { log } from "@/server/platform/log";
import { isMissingAtStripe, type Stripe, type StripeClient } from "@/server/platform/stripe";
import { DISPUTE_EVENTS } from "./domain/inbox";
import type { ReceiveContext } from "./receive-event";

/** As of any customer that is not known here: the inbox lets in those that are. */
const UNKNOWN = { status: "quarantined", note: "unknown-customer" } as const;
/** Events that are looked at by one call. */
const MOST = 100;

const idOf = (named: string | { id: string }) => (typeof named === "string" ? named : named.id);

/** Whose charge an event is about, by the seller; null where there is none. */
async function findCustomer(stripe: StripeClient, eventId: string): Promise<string | null> {
  const { data } = await stripe.events.retrieve(eventId);
  const { customer } = await stripe.charges.retrieve(idOf((data.object as Stripe.Dispute).charge));
  return customer === null ? null : idOf(customer);
}

/**
 * Puts on record whose charges disputes are about: the inbox then lets those events in, and their customers are fetched. One that cannot
 * be asked about now is looked at again with the next hour. Gives how many it could name.
 */
export async function nameDisputed(ctx: ReceiveContext): Promise<number> {
  const { id, type, status, customerId, receivedAt } = billingEvents;
  const waiting = await withSystem(ctx, "reconcile-billing", (tx) =>
    tx
      .select({ id })
      .from(billingEvents)
      .where(and(eq(status, "waiting"), isNull(customerId), like(type, `${DISPUTE_EVENTS}%`)))
      .orderBy(asc(receivedAt))
      .limit(MOST),
  );
  let named = 0;
  for (const event of waiting) {
    let customer: string | null;
    try {
      customer = await findCustomer(ctx.seller.stripe, event.id);
    } catch (error) {
      log().error({ err: error, eventId: event.id }, "whose charge is disputed is not to be found out");
      if (!isMissingAtStripe(error)) continue;
      customer = null;
    }
    const settled = customer === null ? ({ status: "ignored", note: "no-customer" } as const) : UNKNOWN;
    await withoutTenant(ctx, (tx) =>
      tx
        .update(billingEvents)
        .set({ ...settled, customerId: customer, settledAt: ctx.clock.now() })
        .where(eq(id, event.id)),
    );
    if (customer !== null) named += 1;
  }
  return named;
}

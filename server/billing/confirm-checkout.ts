import { and, eq } from "drizzle-orm";
import { billingCheckouts } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { actorRef } from "@/server/kernel/actor";
import { notFound, unavailable } from "@/server/kernel/errors";
import { isMissingAtStripe } from "@/server/platform/stripe";
import { defineRead, type Verb } from "@/server/verb";
import { billingItself } from "./billing-itself";
import { findLivingCustomer } from "./ensure-customer";
import { confirmCheckoutSchema } from "./schemas";
import { findSeller } from "./seller";
import { syncCustomer } from "./sync-customer";

/** How a Checkout stands: `waiting` where the bank has not said yet. */
export type CheckoutStanding = "expired" | "open" | "paid" | "waiting";

const asked = defineRead({
  action: "billing.read",
  input: confirmCheckoutSchema,
  load: billingItself,
  read: async ({ ctx, tx }, { sessionId }) => ({ sessionId, customer: await findLivingCustomer(tx, ctx.tenantId) }),
});

/**
 * What became of a Checkout, asked by whoever comes back from it: fetches the customer and brings the plan to what was paid, as
 * the webhook does, whichever comes first. Grants nothing by what the address says: a session of anybody else is NotFound.
 */
export const confirmCheckout: Verb<typeof confirmCheckoutSchema, { standing: CheckoutStanding }> = Object.assign(
  async (...[ctx, input]: Parameters<typeof asked>): Promise<{ standing: CheckoutStanding }> => {
    const seller = findSeller();
    const { sessionId, customer } = await asked(ctx, input);
    if (seller === null || customer === null) throw notFound("checkout");
    const session = await seller.stripe.checkout.sessions.retrieve(sessionId).catch((error: unknown): null => {
      if (isMissingAtStripe(error)) return null;
      throw unavailable("Stripe does not answer. What was paid is not lost: look again in a moment.", error);
    });
    const owner = typeof session?.customer === "string" ? session.customer : session?.customer?.id;
    if (session === null || owner !== customer.id) throw notFound("checkout");
    await syncCustomer({ ...ctx, seller, by: actorRef(ctx.actor) }, customer.id);
    if (session.status === "open") return { standing: "open" };
    await withTenant(ctx, (tx) =>
      tx
        .update(billingCheckouts)
        .set({ status: session.status === "complete" ? "complete" : "expired" })
        .where(and(eq(billingCheckouts.tenantId, ctx.tenantId), eq(billingCheckouts.sessionId, sessionId))),
    );
    if (session.status !== "complete") return { standing: "expired" };
    return { standing: session.payment_status === "unpaid" ? "waiting" : "paid" };
  },
  { kind: "write" as const, action: asked.action, input: asked.input },
);

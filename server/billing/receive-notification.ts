import { billingEvents } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import { invalid } from "@/server/kernel/errors";
import { log } from "@/server/platform/log";
import type { Stripe } from "@/server/platform/stripe";
import type { InboxStatus } from "./domain/inbox";
import type { ReceiveContext } from "./receive-event";

/** Notifications that meters could not count something. */
export const METER_TROUBLE = ["v1.billing.meter.error_report_triggered", "v1.billing.meter.no_meter_found"];

function filed(
  ctx: ReceiveContext,
  { object, type, livemode }: Stripe.V2.Core.EventNotification,
): [InboxStatus, string | null] {
  if (livemode !== ctx.seller.livemode) return ["quarantined", "live-and-test"];
  // Kept under its id, an event of the other kind would be taken for one that came.
  if ((object as string) !== "v2.core.event") throw invalid("This is no thin event: send it to /api/stripe/webhook.");
  return METER_TROUBLE.includes(type) ? ["waiting", null] : ["ignored", "not-asked-for"];
}

/** Keeps a thin event that was verified, once. What it tells of is fetched by the job that tells of use. */
export async function receiveNotification(
  ctx: ReceiveContext,
  notification: Stripe.V2.Core.EventNotification,
): Promise<"new" | "duplicate"> {
  const now = ctx.clock.now();
  const [status, note] = filed(ctx, notification);
  const { id, type, created } = notification;
  if (status === "quarantined") log().error({ eventId: id, note }, "an event of Stripe is not believed");
  const kept = await withoutTenant(ctx, (tx) =>
    tx
      .insert(billingEvents)
      .values({
        ...{ id, type, customerId: null, apiVersion: null, status, note, receivedAt: now },
        ...{ happenedAt: new Date(created), settledAt: status === "waiting" ? null : now },
      })
      .onConflictDoNothing()
      .returning({ id: billingEvents.id }),
  );
  return kept.length > 0 ? "new" : "duplicate";
}

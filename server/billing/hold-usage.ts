import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { billingEvents, usageReports } from "@/db/schema";
import { withoutTenant, withSystem, withTenant } from "@/db/tenancy";
import { log } from "@/server/platform/log";
import type { Stripe } from "@/server/platform/stripe";
import type { Difference } from "./domain/difference";
import type { ReceiveContext } from "./receive-event";
import { METER_TROUBLE } from "./receive-notification";

/** How often what an event tells of is asked for before it is given up. */
const MOST_ATTEMPTS = 5;

type Reason = Stripe.V2.Core.Events.V1BillingMeterErrorReportTriggeredEvent.Data.Reason;

/** Holds the reports that a meter could not count; the tenant's later ones wait behind them. */
async function hold(ctx: ReceiveContext, identifiers: readonly string[], note: string): Promise<Difference[]> {
  if (identifiers.length === 0) return [];
  const named = await withSystem(ctx, "reconcile-billing", (tx) =>
    tx
      .select()
      .from(usageReports)
      .where(inArray(usageReports.identifier, [...identifiers])),
  );
  const held: Difference[] = [];
  for (const { tenantId, identifier, units } of named) {
    const { rowCount } = await withTenant({ ...ctx, tenantId }, (tx) =>
      tx
        .update(usageReports)
        .set({ status: "held", note, sentAt: null })
        .where(
          and(
            ...[eq(usageReports.tenantId, tenantId), eq(usageReports.identifier, identifier)],
            inArray(usageReports.status, ["sent", "waiting"]),
          ),
        ),
    );
    if (rowCount === 1)
      held.push({
        ...{ kind: "usage", object: identifier, tenantId, isRepaired: false },
        detail: `${units} weighted tasks could not be counted (${note}): put that right, then release them`,
      });
  }
  return held;
}

async function settle(
  ctx: ReceiveContext,
  id: string,
  values: Partial<typeof billingEvents.$inferInsert>,
): Promise<void> {
  await withoutTenant(ctx, (tx) => tx.update(billingEvents).set(values).where(eq(billingEvents.id, id)));
}

async function heed(ctx: ReceiveContext, { id, attempts }: { id: string; attempts: number }): Promise<Difference[]> {
  let reason: Reason;
  try {
    const event = await ctx.seller.stripe.v2.core.events.retrieve(id);
    ({ reason } = (event as Stripe.V2.Core.Events.V1BillingMeterErrorReportTriggeredEvent).data);
  } catch (error) {
    log().error({ err: error, eventId: id }, "what could not be counted is not to be fetched");
    const isLast = attempts + 1 >= MOST_ATTEMPTS;
    await settle(ctx, id, { attempts: attempts + 1, ...(isLast ? { status: "dead", note: "tried-too-often" } : {}) });
    return [];
  }
  const held: Difference[] = [];
  for (const { code, error_count: count, sample_errors: samples } of reason.error_types) {
    // They are samples: the nightly comparison finds the others.
    log().error({ eventId: id, code, count }, "Stripe could not count use");
    held.push(
      ...(await hold(
        ctx,
        samples.flatMap(({ request }) => request.identifier),
        code,
      )),
    );
  }
  await settle(ctx, id, { status: "done", settledAt: ctx.clock.now() });
  return held;
}

/** Fetches what meters could not count, and holds those reports until somebody has put it right. Gives what a person is to see to. */
export async function holdUncounted(ctx: ReceiveContext): Promise<Difference[]> {
  const { id, attempts, type, status, customerId, receivedAt } = billingEvents;
  const waiting = await withSystem(ctx, "reconcile-billing", (tx) =>
    tx
      .select({ id, attempts })
      .from(billingEvents)
      .where(and(eq(status, "waiting"), isNull(customerId), inArray(type, METER_TROUBLE)))
      .orderBy(asc(receivedAt))
      .limit(100),
  );
  const held: Difference[] = [];
  for (const event of waiting) held.push(...(await heed(ctx, event)));
  return held;
}

/**
 * Lets a tenant's held reports be told again, under new names: those that could not be counted are used up at the meter. Leaves a
 * receipt. Gives how many.
 */
export function releaseUsage(ctx: Omit<ReceiveContext, "seller"> & { tenantId: string; by: string }): Promise<number> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const isHeld = and(eq(usageReports.tenantId, tenantId), eq(usageReports.status, "held"));
    const held = await tx.select().from(usageReports).where(isHeld).for("update");
    for (const { identifier } of held) {
      const [, name = identifier, nth = "1"] = /^(.*?)(?:#(\d+))?$/.exec(identifier) ?? [];
      await tx
        .update(usageReports)
        .set({ identifier: `${name}#${Number(nth) + 1}`, status: "waiting", note: null, triedAt: null })
        .where(and(eq(usageReports.tenantId, tenantId), eq(usageReports.identifier, identifier)));
    }
    if (held.length > 0)
      appendLink(tx, "receipts", {
        ...{ tenantId, id: ctx.newId("receipt"), at: ctx.clock.now().toISOString(), actor: ctx.by },
        ...{ action: "usage.release", subject: `tenant:${tenantId}`, body: { detail: { reports: held.length } } },
      });
    return held.length;
  });
}

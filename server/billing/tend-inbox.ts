import { and, asc, eq, gt, lt, or, type SQL } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import { billingCustomers, billingEvents } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import { eventOf } from "@/server/kernel/event";
import { log } from "@/server/platform/log";
import type { Difference } from "./domain/difference";
import { customerTouched } from "./events";
import type { ReceiveContext } from "./receive-event";

type Tending = Omit<ReceiveContext, "seller">;

/** An event that waits for longer was not worked on: the job that fetches its customer tries for less than this. */
const WAITS_TOO_LONG_MS = 15 * 60_000;
/** How often one is asked for again before it is given up. */
const MOST_ATTEMPTS = 5;
/** Of those that nobody here knew, as far back as the seller has them. */
const LOOK_BACK_MS = 30 * 86_400_000;
/** Events that are taken up by one look. */
const MOST = 500;

interface Kept {
  id: string;
  attempts: number;
  tenantId: string;
  customerId: string;
}

/** Events with the tenant whose customer they are about, by our record of now. */
function findEvents(ctx: Tending, which: SQL | undefined): Promise<Kept[]> {
  return withSystem(ctx, "reconcile-billing", (tx) =>
    tx
      .select({
        ...{ id: billingEvents.id, attempts: billingEvents.attempts },
        ...{ tenantId: billingCustomers.tenantId, customerId: billingCustomers.id },
      })
      .from(billingEvents)
      .innerJoin(billingCustomers, eq(billingCustomers.id, billingEvents.customerId))
      .where(which)
      .orderBy(asc(billingEvents.receivedAt), asc(billingEvents.id))
      .limit(MOST),
  );
}

/** Lets an event wait again and asks for its customer, in one transaction. */
function askAgain(ctx: Tending, { id, tenantId, customerId }: Kept, attempts: number): Promise<void> {
  return withTenant({ ...ctx, tenantId }, async (tx) => {
    await tx
      .update(billingEvents)
      .set({ status: "waiting", note: null, settledAt: null, attempts })
      .where(eq(billingEvents.id, id));
    recordEvents(tx, tenantId, ctx.newId, [eventOf(customerTouched, { tenantId, customerId })]);
  });
}

/** Leaves a receipt in the chain of the tenant whose event it is. */
function giveUp(ctx: Tending, { id, tenantId, customerId }: Kept): Promise<void> {
  const now = ctx.clock.now();
  return withTenant({ ...ctx, tenantId }, async (tx) => {
    await tx
      .update(billingEvents)
      .set({ status: "dead", note: "tried-too-often", settledAt: now })
      .where(eq(billingEvents.id, id));
    appendLink(tx, "receipts", {
      ...{ tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: "job:tend-billing" },
      ...{ action: "billing.give_up", subject: `customer:${customerId}`, body: { detail: { event: id } } },
    });
  });
}

/**
 * Takes up what lies in the inbox: events of customers that are known by now are let in, those that wait for too long are asked for
 * again, and one that was asked for five times in vain is dead until somebody replays it. Gives the dead ones.
 */
export async function tendInbox(ctx: Tending): Promise<{ released: number; asked: number; dead: Difference[] }> {
  const now = ctx.clock.now().getTime();
  const { status, note, receivedAt } = billingEvents;
  const unknown = and(eq(status, "quarantined"), eq(note, "unknown-customer"));
  const released = await findEvents(ctx, and(unknown, gt(receivedAt, new Date(now - LOOK_BACK_MS))));
  for (const event of released) await askAgain(ctx, event, 0);
  const stuck = await findEvents(ctx, and(eq(status, "waiting"), lt(receivedAt, new Date(now - WAITS_TOO_LONG_MS))));
  const names = new Set(released.map(({ id }) => id));
  const [again, poison] = [
    stuck.filter(({ id, attempts }) => attempts < MOST_ATTEMPTS && !names.has(id)),
    stuck.filter(({ attempts }) => attempts >= MOST_ATTEMPTS),
  ];
  for (const event of again) await askAgain(ctx, event, event.attempts + 1);
  for (const event of poison) await giveUp(ctx, event);
  return {
    ...{ released: released.length, asked: again.length },
    dead: poison.map(({ id, tenantId, customerId }) => ({
      ...{ kind: "dead-event", object: id, tenantId, isRepaired: false },
      detail: `${customerId} could not be fetched, however often it was tried: look why, then replay it`,
    })),
  };
}

/**
 * Lets dead events be tried again, and those that were not believed: one by its id, or all of them. Gives the ids; one of a
 * customer that is not known here stays as it is.
 */
export async function replayEvents(ctx: Tending, id: string | null): Promise<string[]> {
  const { status } = billingEvents;
  const which = or(eq(status, "dead"), eq(status, "quarantined"));
  const found = await findEvents(ctx, id === null ? which : and(which, eq(billingEvents.id, id)));
  for (const event of found) await askAgain(ctx, event, 0);
  if (found.length > 0) log().info({ events: found.length }, "events of Stripe are replayed");
  return found.map((event) => event.id);
}

import { inArray } from "drizzle-orm";
import { billingEvents } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import { log } from "@/server/platform/log";
import type { Stripe } from "@/server/platform/stripe";
import type { Difference } from "./domain/difference";
import { lastLook, noteLook } from "./look";
import { type ReceiveContext, receiveEvent } from "./receive-event";

const DAY_MS = 86_400_000;
/** The seller keeps events for 30 days. */
const KEPT_DAYS = 30;
/** Events on their way are not missed yet. */
const ON_ITS_WAY_MS = 5 * 60_000;
/** The seller tries an event for three days: whoever did not look for longer has missed more than events can tell. */
const LONG_AWAY_MS = 3 * DAY_MS;

/** What the webhook is subscribed to. */
const TOLD_OF = /^(customer|checkout\.session|invoice|subscription_schedule|charge\.dispute)\./;

interface Window {
  gte: number;
  lte: number;
}

const firstPage = async ({ seller }: ReceiveContext, created: Window) =>
  created.lte > created.gte ? seller.stripe.events.list({ created, limit: 100 }) : null;

async function pageAfter({ seller }: ReceiveContext, created: Window, page: Stripe.ApiList<Stripe.Event>) {
  const last = page.data.at(-1)?.id;
  return page.has_more && last !== undefined
    ? seller.stripe.events.list({ created, limit: 100, starting_after: last })
    : null;
}

/** Of a page, the events that concern us and were never received; nearly all were. */
async function unknownHere(ctx: ReceiveContext, events: readonly Stripe.Event[]): Promise<Stripe.Event[]> {
  const told = events.filter(({ type }) => TOLD_OF.test(type));
  if (told.length === 0) return [];
  const ids = told.map(({ id }) => id);
  const rows = await withoutTenant(ctx, (tx) =>
    tx.select({ id: billingEvents.id }).from(billingEvents).where(inArray(billingEvents.id, ids)),
  );
  const known = new Set(rows.map(({ id }) => id));
  return told.filter(({ id }) => !known.has(id));
}

/**
 * Asks the seller for the events since the last look, 30 days back at most, and receives those that never came as if they came
 * now. `wasLongAway` where so much time has passed that a comparison of everything is due. Throws what the SDK throws; nothing is
 * lost then, as the next look begins where this one did.
 */
export async function backfillEvents(ctx: ReceiveContext): Promise<{ missed: number; wasLongAway: boolean }> {
  const now = ctx.clock.now();
  const before = await lastLook(ctx, "events");
  const oldest = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const from = before === null || before.lookedAt < oldest ? oldest : before.lookedAt;
  const until = new Date(now.getTime() - ON_ITS_WAY_MS);
  const found: Difference[] = [];
  const seconds = (moment: Date) => Math.floor(moment.getTime() / 1000);
  const created = { gte: seconds(from), lte: seconds(until) };
  for (let page = await firstPage(ctx, created); page !== null; page = await pageAfter(ctx, created, page))
    for (const event of await unknownHere(ctx, page.data)) {
      if ((await receiveEvent(ctx, event)) === "duplicate") continue;
      log().warn({ eventId: event.id, type: event.type }, "an event of Stripe never came");
      found.push({
        ...{ kind: "missed-event", object: event.id, tenantId: null, isRepaired: true },
        detail: `${event.type} of ${new Date(event.created * 1000).toISOString()} never came`,
      });
    }
  // The first look of a deployment finds its past, which nobody missed.
  await noteLook(ctx, { id: "events", lookedAt: until, found: before === null ? [] : found });
  return { missed: found.length, wasLongAway: before !== null && until.getTime() - from.getTime() > LONG_AWAY_MS };
}

import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordEvents } from "@/db/outbox";
import { billingCustomers, billingEvents } from "@/db/schema";
import { withoutTenant, withSystem, withTenant } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { log } from "@/server/platform/log";
import type { Stripe } from "@/server/platform/stripe";
import { DISPUTE_EVENTS, type InboxStatus } from "./domain/inbox";
import { customerTouched, invoiceDrafted } from "./events";
import type { Seller } from "./seller";

export interface ReceiveContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  seller: Seller;
}

/** What an event is about: only that is read of it, as the rest is as old as the event. */
interface Named {
  customerId: string | null;
  deployment: string | null;
}

const textAt = (object: Record<string, unknown>, key: string): string | null => {
  const value = object[key];
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null && "id" in value ? String(value.id) : null;
};

function namedBy({ data }: Stripe.Event): Named {
  const object = data.object as unknown as Record<string, unknown>;
  const metadata = (object.metadata ?? {}) as Record<string, unknown>;
  return {
    customerId: object.object === "customer" ? textAt(object, "id") : textAt(object, "customer"),
    deployment: textAt(metadata, "deployment"),
  };
}

/** Whose a customer is, by our own record alone. */
async function findCustomer({ database }: { database: Database }, customerId: string) {
  const [found] = await withSystem({ database }, "find-customer", (tx) =>
    tx
      .select({ tenantId: billingCustomers.tenantId })
      .from(billingCustomers)
      .where(eq(billingCustomers.id, customerId)),
  );
  return found ?? null;
}

interface Filed {
  status: InboxStatus;
  note: string | null;
  tenantId: string | null;
}

const filed = (status: InboxStatus, note: string | null, tenantId: string | null = null): Filed => ({
  ...{ status, note, tenantId },
});

async function file(ctx: ReceiveContext, event: Stripe.Event, { customerId, deployment }: Named): Promise<Filed> {
  const { seller } = ctx;
  if (event.livemode !== seller.livemode) return filed("quarantined", "live-and-test");
  if (event.account !== undefined) return filed("quarantined", "foreign-account");
  if (deployment !== null && deployment !== seller.deployment) return filed("ignored", "foreign-deployment");
  if (customerId === null)
    return event.type.startsWith(DISPUTE_EVENTS) ? filed("waiting", "whose-charge") : filed("ignored", "no-customer");
  const owner = await findCustomer(ctx, customerId);
  // Made by hand, or by us a moment ago and not on our record yet: the sweep looks at it again.
  if (owner === null) return filed("quarantined", "unknown-customer");
  return filed("waiting", null, owner.tenantId);
}

/**
 * Keeps an event that was verified, once, and asks for its customer to be fetched: both are on the disk when this returns, and
 * nothing else has happened. What is not believed or concerns nobody here is kept with the reason. The same event again changes
 * nothing, but asks again for what is not done yet.
 */
export async function receiveEvent(ctx: ReceiveContext, event: Stripe.Event): Promise<"new" | "duplicate"> {
  const named = namedBy(event);
  const { status, note, tenantId } = await file(ctx, event, named);
  if (status === "quarantined") log().error({ eventId: event.id, note }, "an event of Stripe is not believed");
  const row = {
    ...{ id: event.id, type: event.type, customerId: named.customerId, apiVersion: event.api_version, status, note },
    ...{ happenedAt: new Date(event.created * 1000), receivedAt: ctx.clock.now() },
    settledAt: status === "waiting" ? null : ctx.clock.now(),
  };
  const keep = withDoor(ctx, tenantId);
  return keep(async (tx) => {
    const kept = await tx.insert(billingEvents).values(row).onConflictDoNothing().returning({ id: billingEvents.id });
    const [before] =
      kept.length > 0
        ? [row]
        : await tx.select({ status: billingEvents.status }).from(billingEvents).where(eq(billingEvents.id, event.id));
    if (tenantId !== null && named.customerId !== null && before?.status === "waiting") {
      const about = { tenantId, customerId: named.customerId };
      const drafted = event.type === "invoice.created" ? [eventOf(invoiceDrafted, about)] : [];
      recordEvents(tx, tenantId, ctx.newId, [eventOf(customerTouched, about), ...drafted]);
    }
    return kept.length > 0 ? ("new" as const) : ("duplicate" as const);
  });
}

const withDoor =
  ({ database }: ReceiveContext, tenantId: string | null) =>
  <T>(work: Parameters<typeof withTenant<T>>[1]) =>
    tenantId === null ? withoutTenant({ database }, work) : withTenant({ database, tenantId }, work);

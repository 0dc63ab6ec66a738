import { and, eq, lte } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import type { Database } from "@/db/client";
import { recordEvents } from "@/db/outbox";
import { billingCustomers, billingEvents } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { type Finding, project, type Projected, type Refetched } from "@/policies/entitlements/project";
import type { Projection } from "@/policies/entitlements/projection";
import { type BoughtChanged, writeBought } from "@/server/entitlements";
import type { Clock } from "@/server/kernel/clock";
import { InvariantError, unavailable } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { canonicalJson } from "@/server/kernel/json";
import { log } from "@/server/platform/log";
import { planChanged } from "./events";
import { type FetchedCustomer, fetchCustomer } from "./fetch-customer";
import { findNotices } from "./find-notices";
import { giveNotice } from "./give-notice";
import { giveBack, letGo, takeLease } from "./lease-customer";
import type { Seller } from "./seller";
import { settleChange } from "./settle-change";

export interface SyncContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  seller: Seller;
  tenantId: string;
  /** Who looks: a job, or a person who came back from paying. */
  by: string;
}

export interface Synced {
  isChanged: boolean;
  version: number;
  findings: readonly Finding[];
  /** Subscriptions that bill for the same thing again. */
  toCancel: readonly string[];
}

/** A lease is lost by whoever was too slow, and whoever has it now fetches what is newer. */
const MOST_TRIES = 3;

const brief = (projection: Projection | null) =>
  projection && {
    ...{ plan: projection.plan, addOns: [...projection.addOns], seats: projection.seats, status: projection.status },
    endsAt: projection.endsAt?.toISOString() ?? null,
  };

interface Written {
  changed: BoughtChanged;
  answer: Projected;
  findings: Finding[];
}

/** What an operator is to see to; told once, when it changes. */
async function noteFindings(tx: Tx, ctx: SyncContext, customerId: string, said: Written, fetchedAt: Date) {
  const { findings, answer } = said;
  const here = and(eq(billingCustomers.tenantId, ctx.tenantId), eq(billingCustomers.id, customerId));
  const [row] = await tx.select({ findings: billingCustomers.findings }).from(billingCustomers).where(here);
  const isDeleted = findings.some(({ reason }) => reason === "customer-deleted");
  await tx
    .update(billingCustomers)
    .set({ findings, syncedAt: fetchedAt, ...(isDeleted ? { endedAt: fetchedAt } : {}) })
    .where(here);
  if (canonicalJson(row?.findings) === canonicalJson(findings) || findings.length === 0) return;
  log().error({ tenantId: ctx.tenantId, customerId, findings }, "what a customer has bought needs a look");
  appendLink(tx, "receipts", {
    ...{ tenantId: ctx.tenantId, id: ctx.newId("receipt"), at: fetchedAt.toISOString(), actor: ctx.by },
    ...{ action: "billing.flag", subject: `customer:${customerId}` },
    body: { detail: { findings: findings as never, isBelieved: answer.kind === "projected" } },
  });
}

function leaveReceipt(
  tx: Tx,
  ctx: SyncContext,
  customerId: string,
  { before, after, version }: BoughtChanged,
  at: Date,
) {
  const detail = { before: brief(before), after: brief(after), version };
  appendLink(tx, "receipts", {
    ...{ tenantId: ctx.tenantId, id: ctx.newId("receipt"), at: at.toISOString(), actor: ctx.by },
    ...{ action: "entitlement.sync", subject: `customer:${customerId}`, body: { detail } },
  });
  const told = { tenantId: ctx.tenantId, version, before: detail.before, after: detail.after };
  recordEvents(tx, ctx.tenantId, ctx.newId, [eventOf(planChanged, told)]);
}

/** Events that came before the fetch began are done with: what they told of is in what was fetched. */
async function settleEvents(tx: Tx, customerId: string, fetchedAt: Date): Promise<void> {
  await tx
    .update(billingEvents)
    .set({ status: "done", settledAt: fetchedAt })
    .where(
      and(
        ...[eq(billingEvents.customerId, customerId), eq(billingEvents.status, "waiting")],
        lte(billingEvents.receivedAt, fetchedAt),
      ),
    );
}

async function write(tx: Tx, ctx: SyncContext, customerId: string, fetched: Refetched, at: Date): Promise<Written> {
  const { deployment, livemode } = ctx.seller;
  let answer: Projected | undefined;
  const changed = await writeBought(tx, { tenantId: ctx.tenantId, customerId, now: at }, (previous, boughtBy) => {
    answer = project(fetched, { tenantId: ctx.tenantId, deployment, livemode, previous }, at);
    // One that was deleted says nothing of what its tenant has bought as another customer since.
    const isPast = fetched.customer.deleted === true && boughtBy !== customerId;
    return answer.kind === "projected" && !isPast ? answer.projection : null;
  });
  const said = answer as Projected;
  return { changed, answer: said, findings: said.kind === "projected" ? said.findings : [said.finding] };
}

async function attempt(ctx: SyncContext, customerId: string): Promise<Synced | null> {
  const leasing = { database: ctx.database, tenantId: ctx.tenantId, customerId };
  const token = await takeLease(leasing);
  const fetchedAt = ctx.clock.now();
  let fetched: FetchedCustomer;
  try {
    fetched = await fetchCustomer(ctx.seller.stripe, customerId);
  } catch (error) {
    await letGo(leasing, token);
    if (error instanceof InvariantError) throw error;
    throw unavailable("Stripe does not answer. What was bought is not lost: try again in a moment.", error);
  }
  return withTenant(ctx, async (tx) => {
    if (!(await giveBack(tx, leasing, token))) return null;
    const written = await write(tx, ctx, customerId, fetched, fetchedAt);
    const { changed, answer, findings } = written;
    await noteFindings(tx, ctx, customerId, written, fetchedAt);
    await settleEvents(tx, customerId, fetchedAt);
    await settleChange(tx, ctx.tenantId, fetched, fetchedAt);
    // Of what is not believed nobody is told but the operator.
    if (answer.kind === "projected")
      await giveNotice(tx, ctx, findNotices({ fetched, ...changed, now: fetchedAt }), fetchedAt);
    if (changed.isChanged) leaveReceipt(tx, ctx, customerId, changed, fetchedAt);
    const toCancel = answer.kind === "projected" ? answer.toCancel : [];
    return { isChanged: changed.isChanged, version: changed.version, findings, toCancel };
  });
}

/**
 * Brings what a tenant has bought to what the seller says now: fetches all of its customer under the customer's lease, and
 * writes the projection, with a receipt and `plan.changed` where it differs. The one way in which a purchase opens anything:
 * webhooks, the page after paying and the sweep all call it, however often. Throws Unavailable when it cannot be fetched.
 */
export async function syncCustomer(ctx: SyncContext, customerId: string): Promise<Synced> {
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    const synced = await attempt(ctx, customerId);
    if (synced !== null) return synced;
  }
  throw unavailable("What was bought could not be fetched in time. Try again in a moment.");
}

import { inArray } from "drizzle-orm";
import { billingCustomers } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import { Refusal } from "@/server/kernel/errors";
import { log } from "@/server/platform/log";
import { isMissingAtStripe } from "@/server/platform/stripe";
import { adoptCustomer } from "./adopt-customer";
import { cancelExtra } from "./cancel-extra";
import type { Difference } from "./domain/difference";
import { listCustomers } from "./list-customers";
import type { ReceiveContext } from "./receive-event";
import { syncCustomer } from "./sync-customer";

/** Of the seller's customers, those that one call of the job compares. */
const THEIRS = 100;
/** One that was made just now is not on our record yet. */
const MADE_JUST_NOW_MS = 3_600_000;
const BY = "job:compare-billing";

export interface Page {
  /** Where the next page begins; null after the last. */
  next: string | null;
  found: Difference[];
}

/** Which of these the seller's ids stand on our record, ended ones too. */
async function knownHere(ctx: ReceiveContext, ids: string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await withSystem(ctx, "reconcile-billing", (tx) =>
    tx.select({ id: billingCustomers.id }).from(billingCustomers).where(inArray(billingCustomers.id, ids)),
  );
  return new Set(rows.map(({ id }) => id));
}

/** A page of the seller's customers, newest first: those that nobody here knows. One that is ours beyond doubt is taken in. */
export async function compareTheirs(ctx: ReceiveContext, after: string | null): Promise<Page> {
  const page = await ctx.seller.stripe.customers.list({
    limit: THEIRS,
    ...(after === null ? {} : { starting_after: after }),
  });
  const known = await knownHere(
    ctx,
    page.data.map(({ id }) => id),
  );
  const since = (ctx.clock.now().getTime() - MADE_JUST_NOW_MS) / 1000;
  const found: Difference[] = [];
  for (const customer of page.data) {
    if (known.has(customer.id) || customer.created > since) continue;
    const difference = await adoptCustomer({ ...ctx, by: BY }, customer);
    if (difference !== null) found.push(difference);
  }
  return { next: page.has_more ? (page.data.at(-1)?.id ?? null) : null, found };
}

/** What a comparison itself puts right, or only tells of. */
const REPAIRED = new Set(["several-subscriptions", "customer-deleted"]);

/** Brings one customer to what the seller says, and tells what differed. Never throws: what cannot be fetched differs. */
export async function compareCustomer(
  ctx: ReceiveContext,
  tenantId: string,
  customerId: string,
): Promise<Difference[]> {
  const say = (kind: Difference["kind"], detail: string, isRepaired: boolean): Difference => ({
    ...{ kind, object: customerId, tenantId, detail, isRepaired },
  });
  try {
    const sync = () => syncCustomer({ ...ctx, tenantId, by: BY }, customerId);
    const { isChanged, toCancel, ...first } = await sync();
    const isExtra = toCancel.length > 0;
    if (isExtra) await cancelExtra(ctx.seller, toCancel);
    const { findings } = isExtra ? await sync() : first;
    const isDeleted = findings.some(({ reason }) => reason === "customer-deleted");
    const kind = isDeleted ? "db-only" : "differs";
    return [
      ...(isChanged || isDeleted || isExtra ? [say(kind, "was brought to what the seller says", true)] : []),
      ...findings
        .filter(({ reason }) => !REPAIRED.has(reason))
        .map(({ reason, detail }) => say("differs", `${reason}: ${detail}`, false)),
    ];
  } catch (error) {
    // The others are compared all the same.
    log().error({ err: error, tenantId, customerId }, "a customer could not be compared");
    if (error instanceof Refusal && isMissingAtStripe(error.cause))
      return [say("db-only", "the seller has no such customer", false)];
    return [say("differs", "could not be fetched", false)];
  }
}

/** A page of our customers that have not ended: each is brought to what the seller says of it, by the same sync as ever. */
export async function compareOurs(ctx: ReceiveContext, after: string | null): Promise<Page> {
  const { customers, next } = await listCustomers(ctx, after);
  const found: Difference[] = [];
  for (const { tenantId, id } of customers) found.push(...(await compareCustomer(ctx, tenantId, id)));
  return { next, found };
}

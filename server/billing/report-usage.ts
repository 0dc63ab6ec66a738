import { and, eq, gte, lt, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { billingCustomers, usageLedger, usageReports } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import type { StripeClient } from "@/server/platform/stripe";
import { type Bucket, bucketsOf, hourOf, type Span } from "./domain/usage-buckets";
import type { Seller } from "./seller";

export interface UsageContext {
  database: Database;
  clock: Clock;
  seller: Seller;
  tenantId: string;
  customerId: string;
}

const [MINUTE_MS, HOUR_MS, DAY_MS] = [60_000, 3_600_000, 86_400_000];
/** What a step used is written with its end: by then those of the hour are. */
const SETTLES_MS = 10 * MINUTE_MS;
/** Looked at again each hour, for what was written late after all. */
const AGAIN_MS = 3 * HOUR_MS;
/** Use that is older is not taken at the meter. */
export const TAKEN_MS = 35 * DAY_MS;

const at = (seconds: number) => new Date(seconds * 1000);

/** When a customer is charged for use: its subscriptions with a metered price, those that ended too. */
async function chargedSpans(stripe: StripeClient, customer: string): Promise<Span[]> {
  const spans: Span[] = [];
  for await (const each of stripe.subscriptions.list({ customer, status: "all", limit: 100 })) {
    const item = each.items.data.find(({ price }) => price.recurring?.usage_type === "metered");
    if (item === undefined || each.status === "incomplete" || each.status === "incomplete_expired") continue;
    const cuts = [item.current_period_start, item.current_period_end].map(at);
    spans.push({ from: at(each.start_date), to: each.ended_at === null ? null : at(each.ended_at), cuts });
  }
  return spans;
}

/** Up to when everything is there to be told: the last hour that is over for a while, or the last period that is over. */
function settledUntil(spans: readonly Span[], now: Date): Date {
  const hour = hourOf(new Date(now.getTime() - SETTLES_MS)).getTime();
  const ends = spans.flatMap(({ cuts, to }) => [...cuts, to ?? now]).filter((end) => end < now);
  return new Date(Math.max(hour, ...ends.map((end) => end.getTime())));
}

interface Sums {
  /** Thousandths in the ledger that no report has. */
  restMilli: number;
  /** Reports that lie in it already. */
  reports: number;
}

/** For each bucket, what the ledger has more than reports. */
async function restsOf(tx: Tx, tenantId: string, buckets: readonly Bucket[]): Promise<Sums[]> {
  const edges = [...new Set(buckets.flatMap(({ from, until }) => [from.toISOString(), until.toISOString()]))];
  const [first = "", last = ""] = [edges[0], edges.at(-1)];
  const literal = `{${edges.join(",")}}`;
  const place = (column: typeof usageLedger.at | typeof usageReports.hour) =>
    sql<number>`width_bucket(${column}, ${literal}::timestamptz[])`.mapWith(Number);
  const [used, told] = await Promise.all([
    tx
      .select({ place: place(usageLedger.at), milli: sql<number>`sum(${usageLedger.weightMilli})`.mapWith(Number) })
      .from(usageLedger)
      .where(
        and(
          eq(usageLedger.tenantId, tenantId),
          gte(usageLedger.at, new Date(first)),
          lt(usageLedger.at, new Date(last)),
        ),
      )
      .groupBy(sql`1`),
    tx
      .select({
        ...{ place: place(usageReports.hour), count: sql<number>`count(*)`.mapWith(Number) },
        milli: sql<number>`coalesce(sum(${usageReports.weightMilli}) filter (where status <> 'cancelled'), 0)`.mapWith(
          Number,
        ),
      })
      .from(usageReports)
      .where(
        and(
          eq(usageReports.tenantId, tenantId),
          gte(usageReports.hour, new Date(first)),
          lt(usageReports.hour, new Date(last)),
        ),
      )
      .groupBy(sql`1`),
  ]);
  return buckets.map(({ from }) => {
    const nth = edges.indexOf(from.toISOString()) + 1;
    const [inLedger, inReports] = [used, told].map((rows) => rows.find((row) => row.place === nth));
    const reports = told.find((row) => row.place === nth)?.count ?? 0;
    return { restMilli: (inLedger?.milli ?? 0) - (inReports?.milli ?? 0), reports };
  });
}

/** What reports of a customer come to until now: parts of a unit are carried on, and none is lost. */
async function toldSoFar(tx: Tx, { tenantId, customerId }: UsageContext) {
  const [sums] = await tx
    .select({
      milli: sql<number>`coalesce(sum(${usageReports.weightMilli}), 0)`.mapWith(Number),
      units: sql<number>`coalesce(sum(${usageReports.units}), 0)`.mapWith(Number),
    })
    .from(usageReports)
    .where(
      and(
        ...[eq(usageReports.tenantId, tenantId), eq(usageReports.customerId, customerId)],
        ne(usageReports.status, "cancelled"),
      ),
    );
  return { milli: sums?.milli ?? 0, units: sums?.units ?? 0 };
}

/** Writes a report for each bucket with use that none has. Gives how many, and what is in reports and not in the ledger. */
async function write(tx: Tx, ctx: UsageContext, buckets: readonly Bucket[]): Promise<UsageReported> {
  const { tenantId, customerId } = ctx;
  if (buckets.length === 0) return { reports: 0, overMilli: 0 };
  const rests = await restsOf(tx, tenantId, buckets);
  const total = await toldSoFar(tx, ctx);
  const rows: (typeof usageReports.$inferInsert)[] = [];
  let overMilli = 0;
  for (const [nth, { from, until }] of buckets.entries()) {
    const { restMilli = 0, reports = 0 } = rests[nth] ?? {};
    if (restMilli < 0) overMilli -= restMilli;
    if (restMilli <= 0) continue;
    total.milli += restMilli;
    const units = Math.floor(total.milli / 1_000) - total.units;
    total.units += units;
    // What came late to an hour that was told is told beside it, in the same period.
    const hour = new Date(from.getTime() + reports);
    const sent = units === 0 ? { status: "sent" as const, sentAt: ctx.clock.now(), note: "less-than-a-unit" } : {};
    rows.push({
      ...{ tenantId, customerId, hour, until, weightMilli: restMilli, units, status: "waiting", ...sent },
      identifier: `wu:${tenantId}:${hour.toISOString()}`,
    });
  }
  if (rows.length > 0) await tx.insert(usageReports).values(rows);
  return { reports: rows.length, overMilli };
}

export interface UsageReported {
  reports: number;
  /** Thousandths that reports have more than the ledger: never, unless somebody wrote into either by hand. */
  overMilli: number;
}

/**
 * Puts what a customer used and was not reported yet into reports, from the ledger: one for each hour, cut where a period begins, and
 * nothing from before it subscribed. `lookBackDays`: looks at so many days again, in place of three hours. Twice is the same as once.
 * Throws what the SDK throws.
 */
export async function reportUsage(ctx: UsageContext, lookBackDays?: number): Promise<UsageReported> {
  const spans = await chargedSpans(ctx.seller.stripe, ctx.customerId);
  const now = ctx.clock.now();
  const until = settledUntil(spans, now);
  const oldest = new Date(now.getTime() - TAKEN_MS);
  return withTenant(ctx, async (tx) => {
    const here = and(eq(billingCustomers.tenantId, ctx.tenantId), eq(billingCustomers.id, ctx.customerId));
    // Those who report at the same time take turns: the second finds what the first wrote.
    const [row] = await tx
      .select({ before: billingCustomers.usageUntil })
      .from(billingCustomers)
      .where(here)
      .for("update");
    const before = row?.before ?? null;
    const again = lookBackDays === undefined ? AGAIN_MS : lookBackDays * DAY_MS;
    const since = before === null ? null : hourOf(new Date(Math.max(before.getTime() - again, oldest.getTime())));
    const reported = await write(tx, ctx, bucketsOf(spans, since, until));
    if (spans.length > 0 && (before === null || before < until))
      await tx.update(billingCustomers).set({ usageUntil: until }).where(here);
    return reported;
  });
}

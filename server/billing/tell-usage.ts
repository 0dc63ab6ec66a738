import { and, asc, eq, inArray, lt, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { usageReports } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import { log } from "@/server/platform/log";
import type { Difference } from "./domain/difference";
import { TAKEN_MS } from "./report-usage";
import type { Told, UsageSink } from "./usage-sink";

interface TellContext {
  database: Database;
  clock: Clock;
  tenantId: string;
}

type Report = typeof usageReports.$inferSelect;

const MINUTE_MS = 60_000;
/** For how long the seller knows a name again for sure is a day: after this it is asked first. */
const BLIND_MS = 20 * 3_600_000;
/** Clocks differ: what is almost too old is not tried. */
const MARGIN_MS = 10 * MINUTE_MS;
/** Reports of a tenant that one call tells. */
const MOST = 200;

const byName = ({ identifier }: Pick<Report, "identifier">) => eq(usageReports.identifier, identifier);

async function set(ctx: TellContext, report: Report, values: Partial<Report>): Promise<void> {
  await withTenant(ctx, (tx) =>
    tx
      .update(usageReports)
      .set(values)
      .where(and(eq(usageReports.tenantId, ctx.tenantId), byName(report), eq(usageReports.status, "waiting"))),
  );
}

/** Whether the meter has a report, by what it counts in that minute beside the others that were told. */
async function isCounted(ctx: TellContext, sink: UsageSink, report: Report): Promise<boolean | null> {
  const from = new Date(Math.floor(report.hour.getTime() / MINUTE_MS) * MINUTE_MS);
  const until = new Date(from.getTime() + MINUTE_MS);
  const { hour, status, units, tenantId, customerId } = usageReports;
  const [others] = await withTenant(ctx, (tx) =>
    tx
      .select({ units: sql<number>`coalesce(sum(${units}), 0)`.mapWith(Number) })
      .from(usageReports)
      .where(
        and(
          ...[eq(tenantId, ctx.tenantId), eq(customerId, report.customerId), eq(status, "sent")],
          ...[sql`${hour} >= ${from.toISOString()}`, lt(hour, until), ne(usageReports.identifier, report.identifier)],
        ),
      ),
  );
  const counted = (await sink.counted(report.customerId, from, until)) - (others?.units ?? 0);
  if (counted === report.units) return true;
  return counted === 0 ? false : null;
}

/** Tells one report. A crash anywhere leaves it waiting, with the moment of its first try on the disk before the call. */
async function tellOne(ctx: TellContext, sink: UsageSink, report: Report): Promise<Told> {
  const now = ctx.clock.now();
  if (now.getTime() - report.hour.getTime() > TAKEN_MS - MARGIN_MS) return { kind: "late", note: "older than 35 days" };
  const isBlind = report.triedAt !== null && now.getTime() - report.triedAt.getTime() > BLIND_MS;
  if (isBlind) {
    const has = await isCounted(ctx, sink, report);
    if (has === true) return { kind: "delivered" };
    if (has === null) return { kind: "refused", note: "the meter has something else of that minute" };
  }
  if (report.triedAt === null || isBlind) await set(ctx, report, { triedAt: now });
  const { identifier, customerId, hour, units } = report;
  return sink.tell({ identifier, customerId, at: hour, units });
}

/** The reports of a tenant that wait, the oldest first; none while one of them is held. */
function waiting(ctx: TellContext): Promise<Report[]> {
  return withTenant(ctx, async (tx) => {
    const open = await tx
      .select()
      .from(usageReports)
      .where(and(eq(usageReports.tenantId, ctx.tenantId), inArray(usageReports.status, ["waiting", "held"])))
      .orderBy(asc(usageReports.hour))
      .limit(MOST);
    return open.some(({ status }) => status === "held") ? [] : open;
  });
}

const unbilled = ({ tenantId, identifier, units }: Report, note: string): Difference => ({
  ...{ kind: "usage", object: identifier, tenantId, isRepaired: false },
  detail: `${units} weighted tasks were not taken (${note}): bill them by an invoice item, or leave them`,
});

/**
 * Tells the seller what a tenant's reports say, each under its name, so that it counts once. What it does not take any more is left to
 * a person. Where it does not answer, the rest waits for the next time.
 */
export async function tellUsage(ctx: TellContext, sink: UsageSink): Promise<{ told: number; lost: Difference[] }> {
  const lost: Difference[] = [];
  let told = 0;
  for (const report of await waiting(ctx)) {
    let outcome: Told;
    try {
      outcome = await tellOne(ctx, sink, report);
    } catch (error) {
      log().warn(
        { err: error, tenantId: ctx.tenantId, identifier: report.identifier },
        "use could not be told; it waits",
      );
      break;
    }
    if (outcome.kind === "delivered") {
      await set(ctx, report, { status: "sent", sentAt: ctx.clock.now() });
      told += 1;
    } else {
      await set(ctx, report, { status: outcome.kind, note: outcome.note });
      lost.push(unbilled(report, outcome.note));
    }
  }
  return { told, lost };
}

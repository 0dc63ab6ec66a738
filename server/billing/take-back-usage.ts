import { and, eq } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { usageReports } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { notFound, preconditionFailed } from "@/server/kernel/errors";
import type { ReceiveContext } from "./receive-event";
import type { UsageSink } from "./usage-sink";

/** The meter takes use back for a day. */
const DAY_MS = 24 * 3_600_000;

/**
 * Takes a report back that said something wrong, with a receipt: the next hour reports what the ledger says of that time. Refuses
 * (PreconditionFailed) what was told more than a day ago, which a credit note puts right, and NotFound for no report of the tenant.
 */
export async function takeBackUsage(
  ctx: Omit<ReceiveContext, "seller"> & { tenantId: string; by: string },
  sink: UsageSink,
  identifier: string,
): Promise<{ units: number }> {
  const { tenantId } = ctx;
  const here = and(eq(usageReports.tenantId, tenantId), eq(usageReports.identifier, identifier));
  const [report] = await withTenant(ctx, (tx) => tx.select().from(usageReports).where(here));
  if (report?.status !== "sent" || report.units === 0) throw notFound("report of use that was told");
  const now = ctx.clock.now();
  if (now.getTime() - (report.triedAt ?? now).getTime() >= DAY_MS)
    throw preconditionFailed(
      `This was told more than a day ago: ${report.units} weighted tasks are to be credited by a credit note on their invoice.`,
    );
  await sink.takeBack(identifier);
  await withTenant(ctx, async (tx) => {
    await tx.update(usageReports).set({ status: "cancelled", note: "taken-back" }).where(here);
    appendLink(tx, "receipts", {
      ...{ tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: ctx.by },
      ...{
        action: "usage.take_back",
        subject: `tenant:${tenantId}`,
        body: { detail: { identifier, units: report.units } },
      },
    });
  });
  return { units: report.units };
}

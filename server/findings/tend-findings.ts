import { and, eq, isNotNull, lte, notInArray, or } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordEvents } from "@/db/outbox";
import { findings } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import type { CollectContext } from "@/server/evidence";
import type { Clock } from "@/server/kernel/clock";
import { eventOf } from "@/server/kernel/event";
import { dueAt, SETTLED, stageAt } from "./domain/finding";
import { findingOverdue } from "./events";
import { leaveReceipt } from "./leave-receipt";

const over = (now: Date) =>
  or(
    and(notInArray(findings.status, [...SETTLED]), lte(findings.dueAt, now)),
    and(eq(findings.status, "accepted"), isNotNull(findings.acceptedUntil), lte(findings.acceptedUntil, now)),
  );

/** Findings of all tenants that are overdue, or accepted until a day that has come. */
export async function listDueFindings({
  database,
  clock,
}: {
  database: Database;
  clock: Clock;
}): Promise<{ tenantId: string; findingId: string }[]> {
  const { tenantId, id: findingId } = findings;
  return withSystem({ database }, "tend-findings", (tx) =>
    tx.select({ tenantId, findingId }).from(findings).where(over(clock.now())).orderBy(findings.tenantId, findings.id),
  );
}

/** Opens a finding again whose acceptance is over, and takes one that is overdue to its next stage, once. */
export async function tendFinding(
  ctx: CollectContext & { database: Database },
  findingId: string,
): Promise<"reopened" | "escalated" | "nothing"> {
  const { tenantId, clock, newId } = ctx;
  return withTenant(ctx, async (tx) => {
    const now = clock.now();
    const own = and(eq(findings.tenantId, tenantId), eq(findings.id, findingId));
    const [finding] = await tx
      .select()
      .from(findings)
      .where(and(own, over(now)))
      .for("update");
    if (finding === undefined) return "nothing";
    if (finding.status === "accepted") {
      const opened = { openedAt: now, dueAt: dueAt(finding.severity, now), escalated: 0 };
      const again = { acceptedUntil: null, acceptedReason: null, acceptedBy: null };
      await tx
        .update(findings)
        .set({ status: "reopened", ...opened, ...again })
        .where(own);
      leaveReceipt(tx, ctx, "finding.reopen", findingId, { why: "It was accepted until now." });
      return "reopened";
    }
    const stage = stageAt(finding.dueAt, now);
    if (stage <= finding.escalated) return "nothing";
    await tx.update(findings).set({ escalated: stage }).where(own);
    leaveReceipt(tx, ctx, "finding.escalate", findingId, { stage, dueAt: finding.dueAt.toISOString() });
    recordEvents(tx, tenantId, newId, [eventOf(findingOverdue, { tenantId, findingId, stage })]);
    return "escalated";
  });
}

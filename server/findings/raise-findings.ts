import { and, eq, sql } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { findings } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { CollectContext } from "@/server/evidence";
import { dueAt, type Gap, statusWhenSeen, ticketOf } from "./domain/finding";

export interface Seen {
  auditId: string;
  checkId: string;
  /** SHA-256 of what shows it, lower hex. */
  evidenceDigest: string;
}

/**
 * Keeps the gaps that a check has found, in the caller's transaction, each with a receipt. A gap is one finding, whichever
 * audit sees it: one that was closed is opened again, with a new day by which it is due.
 */
export async function raiseFindings(tx: Tx, ctx: CollectContext, gaps: readonly Gap[], seen: Seen): Promise<string[]> {
  const ids: string[] = [];
  for (const gap of gaps) ids.push(await raiseFinding(tx, ctx, gap, seen));
  return ids;
}

async function raiseFinding(tx: Tx, ctx: CollectContext, gap: Gap, seen: Seen): Promise<string> {
  const { tenantId, clock, newId } = ctx;
  const now = clock.now();
  const own = and(eq(findings.tenantId, tenantId), eq(findings.key, gap.key));
  const [before] = await tx.select().from(findings).where(own).for("update");
  if (before === undefined) {
    const id = newId("finding");
    const [last] = await tx
      .select({ number: sql<number>`coalesce(max(${findings.number}), 0)::int` })
      .from(findings)
      .where(eq(findings.tenantId, tenantId));
    const number = (last?.number ?? 0) + 1;
    const times = { openedAt: now, seenAt: now, dueAt: dueAt(gap.severity, now) };
    await tx.insert(findings).values({ ...gap, ...seen, ...times, tenantId, id, number, status: "open" });
    leaveReceipt(tx, ctx, "finding.raise", id, { ticket: ticketOf(number), key: gap.key, audit: seen.auditId });
    return id;
  }
  const status = statusWhenSeen(before.status, before.acceptedUntil, now);
  const isReopened = status === "reopened" && before.status !== "reopened";
  const opened = { openedAt: now, dueAt: dueAt(gap.severity, now), escalated: 0, readyBy: null, retestBy: null };
  const again = { ...opened, closedAt: null, closedBy: null, acceptedUntil: null, acceptedReason: null };
  const times = seen.auditId === before.auditId ? before.times : before.times + 1;
  await tx
    .update(findings)
    .set({ ...gap, ...seen, status, seenAt: now, times, ...(isReopened ? again : {}) })
    .where(own);
  if (isReopened)
    leaveReceipt(tx, ctx, "finding.reopen", before.id, { ticket: ticketOf(before.number), audit: seen.auditId });
  return before.id;
}

function leaveReceipt(
  tx: Tx,
  { tenantId, clock, newId, requestId, actor }: CollectContext,
  action: string,
  id: string,
  detail: Record<string, string>,
): void {
  appendLink(tx, "receipts", {
    ...{ tenantId, id: newId("receipt"), at: clock.now().toISOString(), actor, action },
    ...{ subject: `finding:${id}`, body: { requestId, detail } },
  });
}

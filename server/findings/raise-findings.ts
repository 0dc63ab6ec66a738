import { and, eq, sql } from "drizzle-orm";
import { findings } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { CONTROLS } from "@/policies/controls";
import type { CollectContext } from "@/server/evidence";
import { dueAt, type Gap, statusWhenSeen, ticketOf } from "./domain/finding";
import { findOwner } from "./find-owner";
import { leaveReceipt } from "./leave-receipt";

export interface Seen {
  auditId: string;
  checkId: string;
  /** SHA-256 of what shows it, lower hex. */
  evidenceDigest: string;
}

/**
 * Keeps the gaps that a check has found, in the caller's transaction, each with a receipt. A gap is one finding, whichever
 * audit sees it: one that was closed is opened again, with a new day by which it is due. The caller is the only one who raises
 * findings of its tenant at the time.
 */
export async function raiseFindings(tx: Tx, ctx: CollectContext, gaps: readonly Gap[], seen: Seen): Promise<string[]> {
  const ids: string[] = [];
  for (const gap of gaps) ids.push((await seeAgain(tx, ctx, gap, seen)) ?? (await raise(tx, ctx, gap, seen)));
  return ids;
}

async function raise(tx: Tx, ctx: CollectContext, gap: Gap, seen: Seen): Promise<string> {
  const { tenantId, clock, newId } = ctx;
  const [now, id] = [clock.now(), newId("finding")];
  const [last] = await tx
    .select({ number: sql<number>`coalesce(max(${findings.number}), 0)::int` })
    .from(findings)
    .where(eq(findings.tenantId, tenantId));
  const number = (last?.number ?? 0) + 1;
  const role = CONTROLS.controls.find((control) => control.id === gap.control)?.owner ?? "tenant_admin";
  const ownerId = await findOwner(tx, tenantId, role);
  const times = { openedAt: now, seenAt: now, dueAt: dueAt(gap.severity, now) };
  await tx.insert(findings).values({ ...gap, ...seen, ...times, tenantId, id, number, ownerId, status: "open" });
  leaveReceipt(tx, ctx, "finding.raise", id, {
    ...{ ticket: ticketOf(number), key: gap.key, severity: gap.severity, audit: seen.auditId, ownerId },
  });
  return id;
}

/** A gap that was found before is the same finding. Null where it was not. */
async function seeAgain(tx: Tx, ctx: CollectContext, gap: Gap, seen: Seen): Promise<string | null> {
  const { tenantId, clock } = ctx;
  const now = clock.now();
  const own = and(eq(findings.tenantId, tenantId), eq(findings.key, gap.key));
  const [before] = await tx.select().from(findings).where(own).for("update");
  if (before === undefined) return null;
  const status = statusWhenSeen(before.status, before.acceptedUntil, now);
  const isReopened = status === "reopened" && before.status !== "reopened";
  const opened = { openedAt: now, dueAt: dueAt(gap.severity, now), escalated: 0 };
  const cleared = { readyBy: null, readyNote: null, retestBy: null, closedAt: null, closedBy: null };
  const again = { ...opened, ...cleared, acceptedUntil: null, acceptedReason: null, acceptedBy: null };
  const times = seen.auditId === before.auditId ? before.times : before.times + 1;
  await tx
    .update(findings)
    .set({ ...gap, ...seen, status, seenAt: now, times, ...(isReopened ? again : {}) })
    .where(own);
  if (isReopened)
    leaveReceipt(tx, ctx, "finding.reopen", before.id, { ticket: ticketOf(before.number), audit: seen.auditId });
  return before.id;
}

import { appendLink } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import { approvals } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { opened, type Stage } from "@/server/approvals/domain/chain";
import { approvalAsked } from "@/server/approvals/events";
import { must } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { requestersOf } from "./requesters";

/** What people are asked to approve, and of which run. */
export interface WantedApproval {
  tenantId: string;
  runId: string;
  /** The step in its place of the run; null: its start. */
  taskId: string | null;
  contentHash: string;
  startedBy: string;
  title: string;
  details: string;
  stages: readonly Stage[];
}

interface Opening {
  newId: NewId;
  now: Date;
  requestId: string;
  /** Who asks, as receipts name them. */
  actor: string;
}

/**
 * Asks for an approval, with the caller's transaction: the request, its event and its receipt. Asking twice for the same
 * step or start is asking once.
 */
export async function openApproval(tx: Tx, opening: Opening, wanted: WantedApproval): Promise<void> {
  const { newId, now, requestId, actor } = opening;
  const { tenantId, runId, taskId, contentHash, title, details, stages } = wanted;
  const { status, stage, dueAt } = opened(stages, now);
  const requestedBy = wanted.startedBy;
  const requesters = await requestersOf(tx, tenantId, runId);
  const id = newId("approval");
  const made = await tx
    .insert(approvals)
    .values({
      ...{ tenantId, id, runId, taskId, contentHash, title, details, requestedBy, requesters, stages, stage, dueAt },
      ...{ status, role: must(stages[stage], "a chain has a first stage").role, createdAt: now },
    })
    .onConflictDoNothing()
    .returning({ id: approvals.id });
  if (made.length === 0) return;
  recordEvents(tx, tenantId, newId, [eventOf(approvalAsked, { tenantId, approvalId: id, stage })]);
  appendLink(tx, "receipts", {
    ...{ tenantId, id: newId("receipt"), at: now.toISOString(), actor },
    ...{ action: "approval.request", subject: `approval:${id}` },
    body: { requestId, detail: { runId, taskId, contentHash, stages: stages.map((each) => ({ ...each })) } },
  });
}

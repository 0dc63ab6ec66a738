import { and, eq } from "drizzle-orm";
import { recordEvents } from "@/db/outbox";
import { approvals, type StepOutcome } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { eventOf } from "@/server/kernel/event";
import { cancelStart, deliverResult, releaseStart, type StartContext } from "@/server/runs";
import { isFinal } from "@/server/runs/domain/status";
import type { Vote } from "./domain/chain";
import type { ApprovalStatus } from "./domain/status";
import { approvalEnded } from "./events";
import type { AskedApproval } from "./load-approval";

type End = Exclude<ApprovalStatus, "pending">;
type GivenVote = Vote & { comment: string };

const saysWhy = (votes: readonly GivenVote[]) => votes.find(({ verdict }) => verdict === "rejected")?.comment ?? "";

/** Why a request did not come to an approval, as the step or the start that waited for it fails. */
function failureOf({ approval, run }: AskedApproval, votes: readonly GivenVote[], end: Exclude<End, "approved">) {
  if (end === "rejected") return { code: "rejected", message: `It was rejected: ${saysWhy(votes)}` };
  if (end === "expired") {
    const { stage, stages, role } = approval;
    const place = stages.length === 1 ? "" : ` at stage ${stage + 1} of ${stages.length}`;
    return { code: "expired", message: `Not approved in time${place} by the role ${role.replaceAll("_", " ")}.` };
  }
  const message =
    run.gatedAt === null
      ? "Its run has ended, or the one that called it."
      : "The version that was to be started is not the published one any more, or nobody waits for its run.";
  return { code: "void", message };
}

/** What an approved step gives to those that follow it. */
const outputOf = ({ approval }: AskedApproval, votes: readonly GivenVote[]): StepOutcome => ({
  ok: true,
  output: {
    approval_id: approval.id,
    approved_by: votes.map(({ voterId, stage, comment }) => ({ user_id: voterId, stage: stage + 1, comment })),
  },
});

/** How the run takes it: true unless an approved start was refused, as its starter may not start it any more. */
async function tellRun(tx: Tx, ctx: StartContext, asked: AskedApproval, votes: readonly GivenVote[], end: End) {
  const { approval, run } = asked;
  if (isFinal(run.status)) return true;
  if (approval.taskId === null) {
    if (end === "approved") return releaseStart(tx, ctx, run);
    await cancelStart(tx, ctx, run, failureOf(asked, votes, end));
    return true;
  }
  const result: StepOutcome =
    end === "approved" ? outputOf(asked, votes) : { ok: false, ...failureOf(asked, votes, end) };
  const { tenantId, runId, taskId } = approval;
  await deliverResult(tx, ctx, { tenantId, runId, taskId }, result);
  return true;
}

/** Ends a request that the caller's transaction has locked with its run: the step goes on or fails, the run begins or not. */
export async function endApproval(
  tx: Tx,
  ctx: StartContext,
  asked: AskedApproval,
  votes: readonly GivenVote[],
  end: End,
): Promise<boolean> {
  const { tenantId, id: approvalId } = asked.approval;
  await tx
    .update(approvals)
    .set({ status: end, endedAt: ctx.now })
    .where(and(eq(approvals.tenantId, tenantId), eq(approvals.id, approvalId)));
  const isTaken = await tellRun(tx, ctx, asked, votes, end);
  recordEvents(tx, tenantId, ctx.newId, [eventOf(approvalEnded, { tenantId, approvalId, status: end })]);
  return isTaken;
}

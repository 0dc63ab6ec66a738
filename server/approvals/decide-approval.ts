import { and, eq } from "drizzle-orm";
import { recordEvents } from "@/db/outbox";
import { approvals, approvalVotes } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, must, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, type Scope } from "@/server/verb";
import { afterVote, type Standing, whyClosed } from "./domain/chain";
import { endApproval } from "./end-approval";
import { approvalAsked } from "./events";
import { useLink } from "./links";
import { type AskedApproval, loadApprovalForChange } from "./load-approval";
import { decideApprovalSchema } from "./schemas";

/** Refuses what cannot be decided any more, or not now. */
function requireOpen({ approval, isPointless, isKillOn, readAt }: AskedApproval, contentHash: string): void {
  const status = isPointless && approval.status === "pending" ? "void" : approval.status;
  const why = whyClosed({ status, dueAt: approval.dueAt }, readAt);
  if (why !== null) throw conflict(why, { status });
  if (approval.contentHash !== contentHash)
    throw conflict("This request is about another definition than the one you read. Read it again first.");
  if (isKillOn)
    throw preconditionFailed("A kill is on over this workflow: nothing of it can be approved.", {
      reason: "kill-is-on",
    });
}

/** Asks the next stage. */
async function goOn({ ctx, tx }: Scope, { approval }: AskedApproval, { stage, dueAt }: Standing): Promise<void> {
  const { tenantId, id: approvalId, stages } = approval;
  const { role } = must(stages[stage], "a chain goes on with one of its stages");
  await tx
    .update(approvals)
    .set({ stage, role, dueAt })
    .where(and(eq(approvals.tenantId, tenantId), eq(approvals.id, approvalId)));
  recordEvents(tx, tenantId, ctx.newId, [eventOf(approvalAsked, { tenantId, approvalId, stage })]);
}

/**
 * Approves or rejects what is asked, for the stage that asks. Policy refuses requesters, contributors, whoever has decided
 * before, other roles and all programs. Refused (Conflict) once it is closed, has expired by the database's clock, or was
 * read of another definition, and (PreconditionFailed) while a kill is on. The last approval of the last stage lets the
 * step go on or the run begin; one rejection ends it.
 */
export const decideApproval = defineWrite({
  action: "approval.decide",
  receipt: "approval.decide",
  input: decideApprovalSchema,
  withheld: ["link"],
  load: loadApprovalForChange,
  write: async (scope, { contentHash, verdict, comment, link }, { asked }) => {
    const { ctx, tx, now } = scope;
    const { approval, votes, readAt } = asked;
    requireOpen(asked, contentHash);
    await useLink(scope, approval.id, link);
    const { tenantId, id: approvalId, stages, stage } = approval;
    const voterId = ctx.principal.id;
    const vote = { voterId, stage, verdict, comment };
    await tx.insert(approvalVotes).values({ tenantId, approvalId, ...vote, createdAt: now });
    const next = afterVote(stages, { ...approval, votes }, vote, readAt);
    const by = { newId: ctx.newId, now, requestId: ctx.requestId, actor: actorRef(ctx.actor) };
    let begins = true;
    if (next.status !== "pending") begins = await endApproval(tx, by, asked, [...votes, vote], next.status);
    else if (next.stage !== stage) await goOn(scope, asked, next);
    const { status } = next;
    return {
      value: { approvalId, status, begins },
      detail: {
        ...{ verdict, comment, contentHash, stage: stage + 1, of: stages.length, status, runId: approval.runId },
        ...(begins ? {} : { refused: "starter-may-not" }),
      },
    };
  },
});

import { and, eq } from "drizzle-orm";
import { runSteps } from "@/db/schema";
import { decide } from "@/policies/access/decide";
import { explainDenial } from "@/policies/access/explain";
import { nameReferences } from "@/server/receipts";
import { defineRead, policiesOf, type Scope } from "@/server/verb";
import { whyClosed } from "./domain/chain";
import type { ApprovalStatus } from "./domain/status";
import { type LinkState, stateOfLink } from "./links";
import { approvalResource, type AskedApproval, loadApproval } from "./load-approval";
import { approvalSchema } from "./schemas";

/** How a request stands by now, whatever was put on record of it yet. */
function standingOf({ approval, isPointless, readAt }: AskedApproval): ApprovalStatus {
  if (approval.status !== "pending") return approval.status;
  if (isPointless) return "void";
  return readAt < approval.dueAt ? "pending" : "expired";
}

/** Why the caller cannot decide now, in words; null when they can. */
function whyNot({ ctx }: Scope, asked: AskedApproval, status: ApprovalStatus): string | null {
  const why = whyClosed({ status, dueAt: asked.approval.dueAt }, asked.readAt);
  if (why !== null) return why;
  if (asked.isKillOn) return "A kill is on over this workflow: nothing of it can be approved.";
  const action = "approval.decide";
  const decision = decide(policiesOf(ctx.tenant), {
    principal: ctx.principal,
    action,
    resource: approvalResource(asked),
  });
  return decision.allow ? null : explainDenial(action, decision);
}

/** What the step that asks is called; null for a start, and for a step that is not on record. */
async function nameOfStep({ tx }: Scope, { approval: { tenantId, runId, taskId } }: AskedApproval) {
  if (taskId === null) return null;
  const [step] = await tx
    .select({ name: runSteps.name })
    .from(runSteps)
    .where(and(eq(runSteps.tenantId, tenantId), eq(runSteps.runId, runId), eq(runSteps.stepId, taskId)));
  return step?.name ?? null;
}

/** One request with its chain and who said what. A link is looked at, and not used up by it. */
export const getApproval = defineRead({
  action: "approval.read",
  input: approvalSchema,
  load: loadApproval,
  read: async (scope, { link }, { asked }) => {
    const { approval, run, votes, workflow } = asked;
    const status = standingOf(asked);
    const voters = votes.map(({ voterId }) => `user:${voterId}`);
    const names = await nameReferences(scope, [approval.requestedBy, ...voters]);
    const linkState: LinkState | null = link === undefined ? null : await stateOfLink(scope, approval.id, link);
    return {
      ...{ id: approval.id, title: approval.title, details: approval.details, contentHash: approval.contentHash },
      ...{ status, workflow, taskId: approval.taskId, stage: approval.stage, linkState },
      stepName: await nameOfStep(scope, asked),
      run: {
        id: run.id,
        status: run.status,
        input: run.input,
        environment: run.environment,
        riskProfile: run.riskProfile,
      },
      requestedByName: names.get(approval.requestedBy)?.name ?? approval.requestedBy,
      stages: approval.stages.map(({ role, quorum, expires_hours }, place) => ({
        ...{ role, quorum, expiresHours: expires_hours },
        votes: votes
          .filter(({ stage }) => stage === place)
          .map(({ voterId, verdict, comment, createdAt }) => ({
            ...{ verdict, comment, at: createdAt.toISOString() },
            name: names.get(`user:${voterId}`)?.name ?? voterId,
          })),
      })),
      dueAt: approval.dueAt.toISOString(),
      createdAt: approval.createdAt.toISOString(),
      endedAt: approval.endedAt?.toISOString() ?? null,
      whyNot: whyNot(scope, asked, status),
    };
  },
});

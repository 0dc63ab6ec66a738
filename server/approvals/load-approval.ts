import { and, asc, eq, sql } from "drizzle-orm";
import { approvals, approvalVotes, runs, workflows, workflowVersions } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { Resource } from "@/policies/access/request";
import { must, notFound } from "@/server/kernel/errors";
import { loadRun, loadRunForChange, type RunRow, runResource } from "@/server/runs";
import { isFinal } from "@/server/runs/domain/status";
import type { Scope } from "@/server/verb";

export type ApprovalRow = typeof approvals.$inferSelect;

/** A request with all that a decision about it asks. */
export interface AskedApproval {
  approval: ApprovalRow;
  run: RunRow;
  votes: (typeof approvalVotes.$inferSelect)[];
  workflow: { slug: string; name: string; version: number };
  contributors: string[];
  /** Its run or the one that called it has ended, or another version took the place of the one that was to be started. */
  isPointless: boolean;
  isKillOn: boolean;
  /** The database's clock: no other one says whether it has expired. */
  readAt: Date;
}

/** What goes with a request. The version of a start stays as it is until the caller's transaction ends, if that is asked. */
export async function withContext(
  tx: Tx,
  approval: ApprovalRow,
  run: RunRow,
  isLocked: boolean,
): Promise<AskedApproval> {
  const { tenantId } = approval;
  const query = tx
    .select({
      ...{ contributors: workflowVersions.contributors, status: workflowVersions.status },
      workflow: { slug: workflows.slug, name: workflows.name, version: workflowVersions.number },
      // Whoever called a run waits for it; once that run has ended, nobody does.
      isAbandoned: sql<boolean>`exists (select from ${runs} where ${runs.tenantId} = ${tenantId}
        and ${runs.id} = ${run.parentRunId} and ${runs.status} not in ('queued', 'running'))`,
      isKillOn: sql<boolean>`kill_is_on(${tenantId}, ${run.workflowId})`,
      readAt: sql`clock_timestamp()`.mapWith(workflowVersions.createdAt),
    })
    .from(workflowVersions)
    .innerJoin(
      workflows,
      and(eq(workflows.tenantId, workflowVersions.tenantId), eq(workflows.id, workflowVersions.workflowId)),
    )
    .where(and(eq(workflowVersions.tenantId, tenantId), eq(workflowVersions.id, run.versionId)));
  const [found] = await (isLocked ? query.for("share", { of: workflowVersions }) : query);
  const { status, isAbandoned, ...rest } = must(found, "a run's version exists, by foreign key");
  const votes = await tx
    .select()
    .from(approvalVotes)
    .where(and(eq(approvalVotes.tenantId, tenantId), eq(approvalVotes.approvalId, approval.id)))
    .orderBy(asc(approvalVotes.createdAt), asc(approvalVotes.voterId));
  const isReplaced = approval.taskId === null && run.gatedAt !== null && status !== "published";
  return { approval, run, votes, ...rest, isPointless: isFinal(run.status) || isAbandoned || isReplaced };
}

/** A request as policy sees it. */
export function approvalResource({ approval, run, votes, contributors }: AskedApproval): Resource {
  const { role, requesters } = approval;
  const voters = votes.map(({ voterId }) => voterId);
  return { ...runResource(run), subject: "approval", contributors, role, requesters, voters };
}

const one = (tx: Tx, tenantId: string, approvalId: string) =>
  tx
    .select()
    .from(approvals)
    .where(and(eq(approvals.tenantId, tenantId), eq(approvals.id, approvalId)));

async function found(asked: AskedApproval) {
  return { asked, resource: approvalResource(asked), subject: `approval:${asked.approval.id}` };
}

/** A request of this tenant; throws NotFound. */
export async function loadApproval(scope: Scope, { approvalId }: { approvalId: string }) {
  const [approval] = await one(scope.tx, scope.ctx.tenantId, approvalId);
  if (approval === undefined) throw notFound("request for approval");
  const { run } = await loadRun(scope, { runId: approval.runId });
  return found(await withContext(scope.tx, approval, run, false));
}

/** The same, locked for change with its run: first the request, then the run, whoever decides about it. */
export async function loadApprovalForChange(scope: Scope, { approvalId }: { approvalId: string }) {
  const [approval] = await one(scope.tx, scope.ctx.tenantId, approvalId).for("update");
  if (approval === undefined) throw notFound("request for approval");
  const { run } = await loadRunForChange(scope, { runId: approval.runId });
  return found(await withContext(scope.tx, approval, run, true));
}

import { and, eq, ilike, not, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { afterCursor, containing, newestFirst, toPage } from "@/db/paging";
import { approvals, approvalVotes, runs, workflows, workflowVersions } from "@/db/schema";
import { nameReferences } from "@/server/receipts";
import { withinReach } from "@/server/runs";
import { clearedFor, defineRead, type Scope, tenantItself } from "@/server/verb";
import { decidableBy } from "./decidable";
import type { ApprovalStatus } from "./domain/status";
import { listApprovalsSchema } from "./schemas";

/** How a request stands by now: what its run or the clock made of it may not be on record yet. */
const standing = sql<ApprovalStatus>`case when ${approvals.status} <> 'pending' then ${approvals.status}
  when ${runs.status} not in ('queued', 'running') then 'void'
  when ${approvals.dueAt} <= clock_timestamp() then 'expired' else 'pending' end`;

const isPending = sql`${standing} = 'pending'`;

/** Requests that the caller can decide about. */
function isMine({ ctx }: Scope): SQL {
  const { id, roles, kind } = ctx.principal;
  if (kind !== "user") return sql`false`;
  return sql`(${isPending} and ${decidableBy({ person: id, roles: sql.param(roles) })})`;
}

const TABS: Readonly<Record<z.output<typeof listApprovalsSchema>["tab"], (scope: Scope) => SQL | undefined>> = {
  mine: isMine,
  others: (scope) => and(isPending, not(isMine(scope))),
  decided: () => not(isPending),
  open: () => isPending,
};

function meant(text: string | undefined): SQL | undefined {
  if (text === undefined) return undefined;
  const pattern = containing(text);
  return or(
    ...[ilike(approvals.title, pattern), ilike(workflows.name, pattern), ilike(workflows.slug, pattern)],
    eq(approvals.id, text),
  );
}

const given = sql<number>`(select count(*)::int from ${approvalVotes} where ${approvalVotes.tenantId} = ${approvals.tenantId}
  and ${approvalVotes.approvalId} = ${approvals.id} and ${approvalVotes.stage} = ${approvals.stage})`;

/** Requests that the caller's clearance reaches, newest first. */
export const listApprovals = defineRead({
  action: "tenant.read",
  input: listApprovalsSchema,
  load: tenantItself,
  read: async (scope, { tab, text, workflowId, limit, cursor }) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select({
        approval: approvals,
        status: standing,
        given,
        workflowName: workflows.name,
        workflowSlug: workflows.slug,
      })
      .from(approvals)
      .innerJoin(runs, and(eq(runs.tenantId, approvals.tenantId), eq(runs.id, approvals.runId)))
      .innerJoin(workflows, and(eq(workflows.tenantId, runs.tenantId), eq(workflows.id, runs.workflowId)))
      .innerJoin(
        workflowVersions,
        and(eq(workflowVersions.tenantId, runs.tenantId), eq(workflowVersions.id, runs.versionId)),
      )
      .where(
        and(
          ...[
            eq(approvals.tenantId, ctx.tenantId),
            withinReach(ctx.tenantId, clearedFor(scope, "approval.read")),
            TABS[tab](scope),
          ],
          workflowId === undefined ? undefined : eq(runs.workflowId, workflowId),
          ...[meant(text), afterCursor(approvals.createdAt, approvals.id, cursor)],
        ),
      )
      .orderBy(...newestFirst(approvals.createdAt, approvals.id))
      .limit(limit + 1);
    const page = toPage(rows, limit, ({ approval }) => ({ at: approval.createdAt, id: approval.id }));
    const names = await nameReferences(
      scope,
      page.rows.map(({ approval }) => approval.requestedBy),
    );
    return {
      nextCursor: page.nextCursor,
      rows: page.rows.map(({ approval, ...row }) => ({
        ...row,
        ...{ id: approval.id, title: approval.title, runId: approval.runId, taskId: approval.taskId },
        ...{ role: approval.role, stage: approval.stage + 1, stages: approval.stages.length },
        quorum: approval.stages[approval.stage]?.quorum ?? 0,
        requestedByName: names.get(approval.requestedBy)?.name ?? approval.requestedBy,
        dueAt: approval.dueAt.toISOString(),
        createdAt: approval.createdAt.toISOString(),
        endedAt: approval.endedAt?.toISOString() ?? null,
      })),
    };
  },
});

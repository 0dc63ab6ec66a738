import { and, asc, eq, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { approvals, runs, workflows, workflowVersions } from "@/db/schema";
import { clearedFor, defineRead, noInput, type Scope, tenantItself } from "@/server/verb";
import { decidableBy } from "./decidable";

/** More than this many are counted as this many. */
const COUNTED_MOST = 100;

/** Read from the index of what is pending, so that what was decided long ago costs nothing. */
const waiting = prepared("approvals-waiting", (db) =>
  db
    .select({
      id: approvals.id,
      title: approvals.title,
      name: workflows.name,
      environment: runs.environment,
      riskProfile: runs.riskProfile,
      dueAt: approvals.dueAt,
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
        eq(approvals.tenantId, sql.placeholder("tenantId")),
        sql`${approvals.status} = 'pending' and ${approvals.dueAt} > clock_timestamp()`,
        sql`${runs.status} in ('queued', 'running') and ${runs.dataSensitivity} = any(${sql.placeholder("sensitivities")})`,
        decidableBy({ person: sql.placeholder("person"), roles: sql.placeholder("roles") }),
      ),
    )
    .orderBy(asc(approvals.dueAt), asc(approvals.id))
    .limit(sql.placeholder("limit")),
);

/** Requests that the caller can decide about now, those that expire first first: the tab "Waiting for me" in brief. */
export async function approvalsWaiting(scope: Scope, limit: number) {
  const { ctx, tx } = scope;
  const { roles, id: person, kind } = ctx.principal;
  if (kind !== "user") return [];
  const rows = await waiting(tx, {
    tenantId: ctx.tenantId,
    sensitivities: clearedFor(scope, "approval.read"),
    roles,
    person,
    limit,
  });
  return rows.map(({ dueAt, ...rest }) => ({ ...rest, dueAt: dueAt.toISOString() }));
}

/** How many requests wait for the caller; a hundred stands for more. */
export const countApprovals = defineRead({
  action: "tenant.read",
  input: noInput,
  load: tenantItself,
  read: async (scope) => ({ waiting: (await approvalsWaiting(scope, COUNTED_MOST)).length }),
});

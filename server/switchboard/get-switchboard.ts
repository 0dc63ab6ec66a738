import { and, count, desc, eq, gte, not, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { runs, workflows, workflowVersions } from "@/db/schema";
import { approvalsWaiting } from "@/server/approvals";
import { standingOf } from "@/server/entitlements";
import { holdsOn } from "@/server/holds";
import { latestReceipts } from "@/server/receipts";
import { latestRuns, withinReach } from "@/server/runs";
import { clearedFor, defineRead, type Scope, tenantItself } from "@/server/verb";
import { switchboardSchema } from "./schemas";

const LATEST_RECEIPTS = 8;
const WAITING_SHOWN = 20;

const inReview = prepared("reviews-waiting", (db) =>
  db
    .select({
      versionId: workflowVersions.id,
      slug: workflows.slug,
      name: workflows.name,
      version: workflowVersions.number,
      riskProfile: workflowVersions.riskProfile,
      environment: workflowVersions.environment,
      submittedAt: workflowVersions.submittedAt,
    })
    .from(workflowVersions)
    .innerJoin(
      workflows,
      and(eq(workflows.tenantId, workflowVersions.tenantId), eq(workflows.id, workflowVersions.workflowId)),
    )
    .where(
      and(
        eq(workflowVersions.tenantId, sql.placeholder("tenantId")),
        eq(workflowVersions.status, "in_review"),
        sql`${workflowVersions.dataSensitivity} = any(${sql.placeholder("sensitivities")})`,
        not(sql`${sql.placeholder("person")} = any(${workflowVersions.contributors})`),
      ),
    )
    .orderBy(desc(workflowVersions.submittedAt))
    .limit(WAITING_SHOWN),
);

/** Versions in review that the caller may decide about: not their own work, within their clearance. */
async function reviewsWaiting(scope: Scope) {
  const { ctx, tx } = scope;
  const { roles, id: person } = ctx.principal;
  if (!roles.includes("workflow_reviewer")) return [];
  const rows = await inReview(tx, {
    tenantId: ctx.tenantId,
    sensitivities: clearedFor(scope, "workflow.read"),
    person,
  });
  return rows.map(({ submittedAt, ...rest }) => ({ ...rest, submittedAt: submittedAt?.toISOString() ?? null }));
}

const byStatus = prepared("runs-by-status", (db) =>
  db
    .select({ status: runs.status, number: count() })
    .from(runs)
    .where(
      and(
        withinReach(sql.placeholder("tenantId"), sql.placeholder("sensitivities")),
        gte(runs.createdAt, sql.placeholder("since")),
      ),
    )
    .groupBy(runs.status),
);

/** The runs within reach that were asked for today (UTC), by how they stand. */
async function usage(scope: Scope) {
  const { ctx, tx, now } = scope;
  const since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const rows = await byStatus(tx, { tenantId: ctx.tenantId, sensitivities: clearedFor(scope, "run.read"), since });
  return Object.fromEntries(rows.map(({ status, number }) => [status, number])) as Partial<
    Record<(typeof runs.$inferSelect)["status"], number>
  >;
}

/** A tenant's home: what is killed or paused, runs now and lately, reviews and approvals that wait for the caller, the latest receipts, today's use. */
export const getSwitchboard = defineRead({
  action: "tenant.read",
  input: switchboardSchema,
  load: tenantItself,
  read: async (scope, { limit }) => {
    // Asked for at once: one transaction, one round trip.
    const [on, latest, reviews, approvals, receipts, runsToday, plan] = await Promise.all([
      holdsOn(scope),
      latestRuns(scope, limit),
      reviewsWaiting(scope),
      approvalsWaiting(scope, WAITING_SHOWN),
      latestReceipts(scope, LATEST_RECEIPTS),
      usage(scope),
      standingOf(scope.tx, scope.ctx.tenantId, scope.now),
    ]);
    return { holds: on, runs: latest, reviews, approvals, receipts, runsToday, planBanner: plan.access.banner };
  },
});

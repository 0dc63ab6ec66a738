import { and, count, desc, eq, gte, inArray, isNull, not, sql } from "drizzle-orm";
import { notifications, receipts, runs, workflows, workflowVersions } from "@/db/schema";
import { newestFirst } from "@/db/paging";
import { DATA_SENSITIVITIES, upTo } from "@/policies/access/vocabulary";
import { receiptDto } from "@/server/receipts";
import { summaryDto, visibleRuns } from "@/server/runs";
import { defineRead, type Scope, tenantItself } from "@/server/verb";
import { switchboardSchema } from "./schemas";

const LATEST_RECEIPTS = 8;
const WAITING_SHOWN = 20;

/** Versions in review that the caller may decide about: not their own work, within their clearance. */
function reviewsWaiting({ ctx, tx }: Scope) {
  if (!ctx.principal.roles.includes("workflow_reviewer")) return Promise.resolve([]);
  return tx
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
        eq(workflowVersions.tenantId, ctx.tenantId),
        eq(workflowVersions.status, "in_review"),
        inArray(workflowVersions.dataSensitivity, [...upTo(DATA_SENSITIVITIES, ctx.principal.clearance)]),
        not(sql`${ctx.principal.id} = any(${workflowVersions.contributors})`),
      ),
    )
    .orderBy(desc(workflowVersions.submittedAt))
    .limit(WAITING_SHOWN);
}

/** Runs of the last 24 hours by how they stand, and how many began today (UTC). */
async function usage({ ctx, tx, now }: Scope) {
  const today = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const rows = await tx
    .select({ status: runs.status, number: count() })
    .from(runs)
    .where(and(eq(runs.tenantId, ctx.tenantId), gte(runs.createdAt, today)))
    .groupBy(runs.status);
  return Object.fromEntries(rows.map(({ status, number }) => [status, number])) as Partial<
    Record<(typeof runs.$inferSelect)["status"], number>
  >;
}

async function unread({ ctx, tx }: Scope) {
  const [row] = await tx
    .select({ number: count() })
    .from(notifications)
    .where(
      and(
        eq(notifications.tenantId, ctx.tenantId),
        eq(notifications.userId, ctx.principal.id),
        isNull(notifications.readAt),
      ),
    );
  return row?.number ?? 0;
}

/** A tenant's home: runs now and lately, reviews that wait for the caller, the latest receipts, today's use. */
export const getSwitchboard = defineRead({
  action: "tenant.read",
  input: switchboardSchema,
  load: tenantItself,
  read: async (scope, { limit }) => {
    const { ctx, tx } = scope;
    const visible = visibleRuns(scope);
    const latestRuns = await visible
      .select()
      .where(visible.where)
      .orderBy(...newestFirst(runs.createdAt, runs.id))
      .limit(limit);
    const reviews = await reviewsWaiting(scope);
    const latestReceipts = await tx
      .select()
      .from(receipts)
      .where(eq(receipts.tenantId, ctx.tenantId))
      .orderBy(desc(receipts.seq))
      .limit(LATEST_RECEIPTS);
    const runsToday = await usage(scope);
    const unreadNotifications = await unread(scope);
    return {
      runs: latestRuns.map(summaryDto),
      reviews: reviews.map(({ submittedAt, ...rest }) => ({
        ...rest,
        submittedAt: submittedAt?.toISOString() ?? null,
      })),
      receipts: latestReceipts.map(receiptDto),
      runsToday,
      unreadNotifications,
    };
  },
});

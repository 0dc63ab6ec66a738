import { and, eq, inArray } from "drizzle-orm";
import { afterCursor, newestFirst, toPage } from "@/db/paging";
import { runs, workflows, workflowVersions } from "@/db/schema";
import { DATA_SENSITIVITIES, upTo } from "@/policies/access/vocabulary";
import { defineRead, type Scope, tenantItself } from "@/server/verb";
import { listRunsSchema } from "./schemas";

/** What a list of runs shows of each. */
const runSummary = {
  id: runs.id,
  status: runs.status,
  environment: runs.environment,
  riskProfile: runs.riskProfile,
  workflowSlug: workflows.slug,
  workflowName: workflows.name,
  version: workflowVersions.number,
  createdAt: runs.createdAt,
  startedAt: runs.startedAt,
  endedAt: runs.endedAt,
};

/** Runs of this tenant that the caller's clearance reaches, joined with what they run. */
export function visibleRuns({ ctx, tx }: Scope) {
  return {
    select: () =>
      tx
        .select(runSummary)
        .from(runs)
        .innerJoin(workflows, and(eq(workflows.tenantId, runs.tenantId), eq(workflows.id, runs.workflowId)))
        .innerJoin(
          workflowVersions,
          and(eq(workflowVersions.tenantId, runs.tenantId), eq(workflowVersions.id, runs.versionId)),
        ),
    where: and(
      eq(runs.tenantId, ctx.tenantId),
      inArray(runs.dataSensitivity, [...upTo(DATA_SENSITIVITIES, ctx.principal.clearance)]),
    ),
  };
}

type SummaryRow = Omit<RunSummary, "createdAt" | "startedAt" | "endedAt"> & {
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
};

export interface RunSummary {
  id: string;
  status: (typeof runs.$inferSelect)["status"];
  environment: (typeof runs.$inferSelect)["environment"];
  riskProfile: (typeof runs.$inferSelect)["riskProfile"];
  workflowSlug: string;
  workflowName: string;
  version: number;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

export function summaryDto({ createdAt, startedAt, endedAt, ...rest }: SummaryRow): RunSummary {
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

/** The runs that the caller's clearance reaches, newest first. */
export const listRuns = defineRead({
  action: "tenant.read",
  input: listRunsSchema,
  load: tenantItself,
  read: async (scope, { limit, cursor, workflowId, status }) => {
    const visible = visibleRuns(scope);
    const rows = await visible
      .select()
      .where(
        and(
          visible.where,
          workflowId === undefined ? undefined : eq(runs.workflowId, workflowId),
          status === undefined ? undefined : eq(runs.status, status),
          afterCursor(runs.createdAt, runs.id, cursor),
        ),
      )
      .orderBy(...newestFirst(runs.createdAt, runs.id))
      .limit(limit + 1);
    const page = toPage(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    return { nextCursor: page.nextCursor, rows: page.rows.map(summaryDto) };
  },
});

import { and, eq, type Placeholder, sql } from "drizzle-orm";
import { afterCursor, newestFirst, toPage } from "@/db/paging";
import { runs, workflows, workflowVersions } from "@/db/schema";
import { DATA_SENSITIVITIES, type DataSensitivity, upTo } from "@/policies/access/vocabulary";
import { defineRead, type Scope, tenantItself } from "@/server/verb";
import { listRunsSchema } from "./schemas";

/** What a list of runs shows of each. */
export const runSummary = {
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
  /** It is queued because of a pause. */
  isPaused: sql<boolean>`(${runs.status} = 'queued' and ${runs.pausedAt} is not null)`,
};

/** The runs of a tenant up to some sensitivities; values, or placeholders for them. */
export const withinReach = (tenantId: string | Placeholder, sensitivities: DataSensitivity[] | Placeholder) =>
  and(eq(runs.tenantId, tenantId), sql`${runs.dataSensitivity} = any(${sql.param(sensitivities)})`);

/** The sensitivities that the caller's clearance reaches. */
export const clearedFor = ({ ctx }: Pick<Scope, "ctx">): DataSensitivity[] => [
  ...upTo(DATA_SENSITIVITIES, ctx.principal.clearance),
];

/** How a run is joined with what it runs: the workflow, and its version. */
export const ITS_WORKFLOW = and(eq(workflows.tenantId, runs.tenantId), eq(workflows.id, runs.workflowId));
export const ITS_VERSION = and(eq(workflowVersions.tenantId, runs.tenantId), eq(workflowVersions.id, runs.versionId));

type SummaryRow = Omit<RunSummary, "createdAt" | "startedAt" | "endedAt"> & {
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
};

interface RunSummary {
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
  isPaused: boolean;
}

function summaryDto({ createdAt, startedAt, endedAt, ...rest }: SummaryRow): RunSummary {
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
    const rows = await scope.tx
      .select(runSummary)
      .from(runs)
      .innerJoin(workflows, ITS_WORKFLOW)
      .innerJoin(workflowVersions, ITS_VERSION)
      .where(
        and(
          withinReach(scope.ctx.tenantId, clearedFor(scope)),
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

import { and, eq, type Placeholder, sql } from "drizzle-orm";
import type { z } from "zod";
import { afterCursor, newestFirst, toPage } from "@/db/paging";
import { runs, workflows, workflowVersions } from "@/db/schema";
import type { DataSensitivity } from "@/policies/access/vocabulary";
import { hasNoPlace } from "@/server/quotas";
import { nameReferences } from "@/server/receipts";
import { defineRead, type Scope, tenantItself } from "@/server/verb";
import { ITS_RUN, newestRuns } from "./newest-runs";
import { askedOf } from "./run-filter";
import { WAITING_TYPES } from "./domain/status";
import { listRunsSchema } from "./schemas";

/** What a list of runs shows of each. */
export const runSummary = {
  id: runs.id,
  status: runs.status,
  environment: runs.environment,
  riskProfile: runs.riskProfile,
  region: runs.region,
  businessUnit: runs.businessUnit,
  dataSensitivity: runs.dataSensitivity,
  startedBy: runs.startedBy,
  workflowId: runs.workflowId,
  workflowSlug: workflows.slug,
  workflowName: workflows.name,
  version: workflowVersions.number,
  createdAt: runs.createdAt,
  startedAt: runs.startedAt,
  endedAt: runs.endedAt,
  /** It is queued because of a pause. */
  isPaused: sql<boolean>`(${runs.status} = 'queued' and ${runs.pausedAt} is not null)`,
  /** It is queued as no more of its tenant's runs may be at work. */
  waitsForPlace: sql<boolean>`(${runs.status} = 'queued' and coalesce(${runs.pausedAt}, ${runs.gatedAt}) is null and ${hasNoPlace(runs.tenantId)})`,
  /** It is at work, and all that it does is wait. */
  isWaiting: sql<boolean>`(${runs.status} = 'running' and coalesce((
    select bool_and(s.type = any(${sql.param([...WAITING_TYPES])}::text[])) from run_steps s
    where s.tenant_id = ${runs.tenantId} and s.run_id = ${runs.id} and s.status = 'running'), false))`,
};

/** The runs of a tenant up to some sensitivities; values, or placeholders for them. */
export const withinReach = (tenantId: string | Placeholder, sensitivities: DataSensitivity[] | Placeholder) =>
  and(eq(runs.tenantId, tenantId), sql`${runs.dataSensitivity} = any(${sql.param(sensitivities)})`);

/** How a run is joined with what it runs: the workflow, and its version. */
export const ITS_WORKFLOW = and(eq(workflows.tenantId, runs.tenantId), eq(workflows.id, runs.workflowId));
export const ITS_VERSION = and(eq(workflowVersions.tenantId, runs.tenantId), eq(workflowVersions.id, runs.versionId));

type SummaryRow = Omit<RunSummary, "createdAt" | "startedAt" | "endedAt"> & {
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
};

interface RunSummary extends Pick<
  typeof runs.$inferSelect,
  | ("id" | "status" | "environment" | "riskProfile" | "region" | "businessUnit" | "dataSensitivity")
  | ("startedBy" | "workflowId")
> {
  workflowSlug: string;
  workflowName: string;
  version: number;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  isPaused: boolean;
  waitsForPlace: boolean;
  isWaiting: boolean;
}

function summaryDto({ createdAt, startedAt, endedAt, ...rest }: SummaryRow): RunSummary {
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

/** The statement that a page of runs is: not sent yet. */
export async function runsQuery(scope: Scope, { limit, cursor, ...filter }: z.output<typeof listRunsSchema>) {
  const { tenantId } = scope.ctx;
  const { across, where } = await askedOf(scope, filter);
  const after = and(where, afterCursor(runs.createdAt, runs.id, cursor));
  const query = scope.tx
    .select(runSummary)
    .from(newestRuns({ tenantId, across, where: after, limit: limit + 1 }))
    .innerJoin(runs, ITS_RUN(tenantId))
    .innerJoin(workflows, ITS_WORKFLOW)
    .innerJoin(workflowVersions, ITS_VERSION)
    .orderBy(...newestFirst(runs.createdAt, runs.id));
  return { query };
}

/** The runs that the caller's clearance reaches and the filter lets through, newest first. */
export const listRuns = defineRead({
  action: "tenant.read",
  input: listRunsSchema,
  load: tenantItself,
  read: async (scope, input) => {
    const { query } = await runsQuery(scope, input);
    const page = toPage(await query, input.limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    const starters = page.rows.map(({ startedBy }) => startedBy);
    const names = await nameReferences(scope, starters);
    return {
      nextCursor: page.nextCursor,
      rows: page.rows.map((row) => ({ ...summaryDto(row), startedByName: names.get(row.startedBy)?.name ?? null })),
    };
  },
});

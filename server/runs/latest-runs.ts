import { type SQL, sql } from "drizzle-orm";
import { newestFirst } from "@/db/paging";
import { prepared } from "@/db/prepared";
import { runs, workflows, workflowVersions } from "@/db/schema";
import { clearedFor, type Scope } from "@/server/verb";
import { ITS_VERSION, ITS_WORKFLOW, runSummary } from "./list-runs";
import { ITS_RUN, newestRuns } from "./newest-runs";

/** Milliseconds from a run's start to its end, or to now while it goes on; null before it starts. */
const tookMs: SQL<number | null> =
  sql`round(extract(epoch from coalesce(${runs.endedAt}, ${sql.placeholder("now")}::timestamptz) - ${runs.startedAt}) * 1000)::float8`;

const latest = prepared("latest-runs", (db) =>
  db
    .select({
      id: runs.id,
      workflow: workflows.name,
      version: workflowVersions.number,
      status: runs.status,
      environment: runs.environment,
      askedAt: runs.createdAt,
      isPaused: runSummary.isPaused,
      isWaiting: runSummary.isWaiting,
      tookMs,
    })
    .from(
      newestRuns({
        tenantId: sql.placeholder("tenantId"),
        across: [[runs.dataSensitivity, sql.placeholder("sensitivities")]],
        limit: sql.placeholder("limit"),
      }),
    )
    .innerJoin(runs, ITS_RUN(sql.placeholder("tenantId")))
    .innerJoin(workflows, ITS_WORKFLOW)
    .innerJoin(workflowVersions, ITS_VERSION)
    .orderBy(...newestFirst(runs.createdAt, runs.id)),
);

/**
 * The last runs that the caller's clearance reaches, newest first, in as few words as a glance needs: the page that
 * shows them is the most asked for, and each field of each row is sent to every browser. One statement.
 */
export async function latestRuns(scope: Scope, limit: number) {
  const { ctx, tx, now } = scope;
  const rows = await latest(tx, { tenantId: ctx.tenantId, sensitivities: clearedFor(scope, "run.read"), now, limit });
  return rows.map(({ askedAt, ...rest }) => ({ ...rest, askedAt: askedAt.toISOString() }));
}

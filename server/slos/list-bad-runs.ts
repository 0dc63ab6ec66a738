import { sql } from "drizzle-orm";
import { defineRead, clearedFor } from "@/server/verb";
import type { RunStatus } from "@/server/runs/domain/status";
import { EXECUTION_CLASSES, type ExecutionClass } from "@/server/workflows/domain/execution-class";
import { workedMs } from "./count-runs";
import type { SloSpec } from "./domain/slo";
import { loadSlo } from "./load-standings";
import { sloHistorySchema } from "./schemas";

const DAY_MS = 86_400_000;
/** Runs that are shown at most. */
const MOST = 20;

interface BadRow extends Record<string, unknown> {
  id: string;
  status: RunStatus;
  execution_class: ExecutionClass;
  ended_at: Date;
  worked_ms: string;
  workflow: string;
}

/** Within what time a run of a class is good, in milliseconds, as a condition's cases. */
const allowedMs = ({ thresholdMs }: SloSpec) =>
  sql.join(
    EXECUTION_CLASSES.map((name) => {
      const ms = typeof thresholdMs === "object" && thresholdMs !== null ? thresholdMs[name] : thresholdMs;
      return sql`when ${name} then ${ms ?? null}::float8`;
    }),
    sql` `,
  );

/**
 * The newest runs that were bad for an objective about runs, of those that the caller's clearance reaches: failed ones, and
 * where time matters slow ones. None for an objective about something else.
 */
export const listBadRuns = defineRead({
  action: "slo.read",
  input: sloHistorySchema,
  load: loadSlo,
  read: async (scope, { days }, { row: { spec } }) => {
    if (spec.sli !== "workflow-success" && spec.sli !== "workflow-latency") return { rows: [] };
    const { ctx, tx, now } = scope;
    const since = new Date(now.getTime() - days * DAY_MS).toISOString();
    const worked = workedMs(sql`r.ended_at`);
    // Who took longer by the clock than is allowed is few; only of those it is asked how long they only waited.
    const isSlow =
      spec.sli === "workflow-success"
        ? sql`false`
        : sql`extract(epoch from r.ended_at - r.started_at) * 1000 > (case r.execution_class ${allowedMs(spec)} end)
            and ${worked} > (case r.execution_class ${allowedMs(spec)} end)`;
    const { rows } = await tx.execute<BadRow>(sql`
      select r.id, r.status, r.execution_class, r.ended_at, ${worked} as worked_ms, w.name as workflow
      from runs r join workflows w on w.tenant_id = r.tenant_id and w.id = r.workflow_id
      where r.tenant_id = ${ctx.tenantId} and r.parent_run_id is null and r.ended_at > ${since}::timestamptz
        and r.data_sensitivity = any(${sql.param(clearedFor(scope, "run.read"))}::text[])
        and (r.status = 'failed' or (r.status = 'succeeded' and ${isSlow}))
      order by r.ended_at desc, r.id desc limit ${MOST}`);
    return {
      rows: rows.map(({ id, status, execution_class: executionClass, ended_at, worked_ms, workflow }) => ({
        ...{ id, status, executionClass, workflow, workedMs: Number(worked_ms) },
        endedAt: new Date(ended_at).toISOString(),
      })),
    };
  },
});

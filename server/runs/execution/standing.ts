import type { Database } from "@/db/client";
import { preparedSql } from "@/db/prepared";
import { withTenantStatement } from "@/db/tenancy";
import type { Callable } from "@/policies/access/may-call";
import { must } from "@/server/kernel/errors";
import { type Batched, inBatches } from "@/server/platform/in-batches";
import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import type { RunStatus } from "../domain/status";
import type { ExecutionContext } from "./context";

/** As the database says it; `json` columns as text. */
interface Standing extends Record<string, unknown> {
  id: string;
  status: RunStatus;
  workflowId: string;
  versionId: string;
  input: string;
  rerunOf: string | null;
  environment: Callable["environment"];
  region: string;
  riskProfile: Callable["riskProfile"];
  dataSensitivity: Callable["dataSensitivity"];
  executionClass: ExecutionClass;
  depth: number;
  since: Date;
  definition: string;
  isCalled: boolean;
  isAbandoned: boolean;
  isKillOn: boolean;
  readAtMs: number;
}

// One look-up by the keys per run, whatever the tables were believed to hold when this was planned.
const standings = preparedSql<Standing>(
  "run-standings",
  `select standing.* from unnest($2::text[]) as asked(id) cross join lateral (
     select r.id, r.status, r.workflow_id as "workflowId", r.version_id as "versionId", r.input, r.rerun_of as "rerunOf",
       r.environment, r.region, r.risk_profile as "riskProfile", r.data_sensitivity as "dataSensitivity",
       r.execution_class as "executionClass", r.depth, r.created_at as since, v.definition,
       r.parent_run_id is not null as "isCalled",
       case when r.parent_run_id is null then false else not exists (select from runs as caller
         where caller.tenant_id = r.tenant_id and caller.id = r.parent_run_id
           and caller.status in ('queued', 'running')) end as "isAbandoned",
       kill_is_on(r.tenant_id, r.workflow_id) as "isKillOn",
       (extract(epoch from clock_timestamp()) * 1000)::float8 as "readAtMs"
     from runs r join workflow_versions v on v.tenant_id = r.tenant_id and v.id = r.version_id
     where r.tenant_id = $1 and r.id = asked.id offset 0
   ) as standing`,
);

interface Asked {
  ctx: ExecutionContext;
  runId: string;
}

/** How a run stood, and when that was read: moments of the process's own clock, in milliseconds. */
interface Found extends Standing {
  askedAt: number;
  at: number;
}

async function readStandings(asked: readonly Asked[]): Promise<Found[]> {
  const { ctx } = must(asked[0], "there is something to read");
  const askedAt = performance.now();
  const runIds = asked.map(({ runId }) => runId);
  const rows = await withTenantStatement(ctx, (db) => standings(db, [ctx.tenantId, runIds]));
  const at = performance.now();
  const found = new Map(rows.map((row) => [row.id, { ...row, askedAt, at }]));
  return runIds.map((runId) => must(found.get(runId), `run ${runId} was started, so it exists`));
}

/** Runs that are read with one statement, at most. */
const MOST_TOGETHER = 20;

const together = new WeakMap<Database, Batched<Asked, Found>>();

/** How a run stands now; those of one tenant that are asked for at the same time are read together. */
export function standingOf(ctx: ExecutionContext, runId: string): Promise<Found> {
  const alone = (asked: Asked) => readStandings([asked]).then(([found]) => must(found, "what was asked is answered"));
  const batched =
    together.get(ctx.database) ??
    inBatches<Asked, Found>({
      most: MOST_TOGETHER,
      keyOf: ({ ctx: { tenantId } }) => tenantId,
      work: readStandings,
      alone,
    });
  together.set(ctx.database, batched);
  return batched({ ctx, runId });
}

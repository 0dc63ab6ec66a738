import pg from "pg";
import type { Database } from "@/db/client";
import { startRun } from "@/server/runs";
import { newId } from "@/server/kernel/ids";
import { planlessTenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";

const STEPS = 5;

const steps = Array.from({ length: STEPS }, (_, index) => ({
  ...{ id: `s${index}`, type: "transform", expression: `{ "step": ${index}, "order": input.order }` },
  ...(index + 1 < STEPS ? { next: `s${index + 1}` } : {}),
}));

/** Many tenants that have one and the same published workflow. */
export interface Crowd {
  tenants: readonly TenantContext[];
  workflowId: string;
  owner: pg.Client;
  stop(): Promise<void>;
}

const COPIES = [
  `insert into tenants (tenant_id, slug, name, governance_profile)
   select id, 'crowd-' || n, 'Crowd ' || n, 'conductor-governance-saas' from unnest($2::text[]) with ordinality as t(id, n)
   where $1::text is not null`,
  ...["workflows", "workflow_versions"].map(
    (table) => `insert into ${table} select (json_populate_record(null::${table},
       (to_jsonb(w) || jsonb_build_object('tenant_id', t.id))::json)).* from ${table} w, unnest($2::text[]) as t(id)
     where w.tenant_id = $1`,
  ),
];

/** Makes a tenant and its workflow as people do, five steps or what is given, and as many copies of both as are asked for. */
export async function makeCrowd(
  database: Database,
  ownerUrl: string,
  size: number,
  definition: Record<string, unknown> = { steps },
): Promise<Crowd> {
  const { as } = await planlessTenantWith(database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as, definition);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const ids = Array.from({ length: size }, () => newId("tenant"));
  for (const copy of COPIES) await owner.query(copy, [as.operator.tenantId, ids]);
  const tenants = ids.map((tenantId, index) => ({
    ...as.operator,
    tenantId,
    tenant: { ...as.operator.tenant, slug: `crowd-${index + 1}` },
    principal: { ...as.operator.principal, tenantId },
  }));
  return { tenants, workflowId, owner, stop: () => owner.end() };
}

/** A start through the public verb. */
export const start = (ctx: TenantContext, workflowId: string, input: Record<string, string> = { order: "7" }) =>
  startRun(ctx, { workflowId, input }).then(({ runId }) => runId);

/** Runs of a tenant in the order in which they were asked for, without what names or dates them. */
const AS_LEFT = `
  select to_jsonb(r) - '{id,created_at}'::text[] as run, to_jsonb(e) - '{id,trigger_key,events,created_at}'::text[] as execution,
    (select jsonb_agg(to_jsonb(j) - '{run_id,run_at,created_at}'::text[]) from engine.jobs j where j.run_id = e.id) as jobs,
    (select jsonb_agg(to_jsonb(w) - '{run_id,since}'::text[]) from engine.waits w where w.run_id = e.id) as waits
  from runs r join engine.runs e on e.tenant_id = r.tenant_id and e.events -> 0 -> 'data' ->> 'runId' = r.id
  where r.tenant_id = $1`;

const QUEUE = `
  with model as (
    select r as run, e as execution, j as job, w as wait from runs r
    join engine.runs e on e.tenant_id = r.tenant_id and e.events -> 0 -> 'data' ->> 'runId' = r.id
    join engine.jobs j on j.run_id = e.id join engine.waits w on w.run_id = e.id where r.tenant_id = $1 limit 1
  ), fresh as materialized (
    select 'run_' || replace(gen_random_uuid()::text, '-', '') as run_id, n,
      'exe_' || replace(gen_random_uuid()::text, '-', '') as execution_id,
      'evt_' || replace(gen_random_uuid()::text, '-', '') as event_id
    from generate_series(1, $2::int) n
  ), runs_made as (
    insert into runs select (json_populate_record(null::runs, (to_jsonb(run) || jsonb_build_object('id', run_id))::json)).*
    from model, fresh
  ), executions as (
    insert into engine.runs select (json_populate_record(null::engine.runs, (to_jsonb(execution) || jsonb_build_object(
      'id', execution_id, 'trigger_key', event_id, 'events', jsonb_build_array((execution).events::jsonb -> 0
        || jsonb_build_object('id', event_id, 'data', (execution).events::jsonb -> 0 -> 'data'
        || jsonb_build_object('runId', run_id)))))::json)).* from model, fresh
  ), waits as (
    insert into engine.waits select (json_populate_record(null::engine.waits,
      (to_jsonb(wait) || jsonb_build_object('run_id', execution_id))::json)).* from model, fresh
  )
  insert into engine.jobs select (json_populate_record(null::engine.jobs,
    (to_jsonb(job) || jsonb_build_object('run_id', execution_id))::json)).* from model, fresh`;

/**
 * Gives a tenant as many queued runs more as are asked for, each a copy of the one it has. Throws unless all of them
 * are in the state in which the start left that one, in all that the executor and the product read.
 */
export async function queueCopies({ owner }: Crowd, tenantId: string, count: number): Promise<void> {
  // The count is kept row by row, at the commit: for a hundred thousand rows of one transaction that takes too long.
  await owner.query("set session_replication_role = replica");
  for (let left = count; left > 0; left -= 20_000) {
    await owner.query(QUEUE, [tenantId, Math.min(left, 20_000)]);
  }
  await owner.query("update run_counts set queued = queued + $2 where tenant_id = $1", [tenantId, count]);
  await owner.query("set session_replication_role = origin");
  await owner.query("vacuum analyze");
  // An expression in JSON says nothing of how many rows it picks, and each row would be compared with each.
  await owner.query("set enable_nestloop = off");
  const { rows } = await owner.query<{ kinds: string; runs: string; counted: string }>(
    `select count(distinct (run, execution, jobs, waits)) as kinds, count(*) as runs,
       (select sum(queued) from run_counts where tenant_id = $1) as counted from (${AS_LEFT}) as left_over`,
    [tenantId],
  );
  const [found] = rows;
  const wanted = String(count + 1);
  if (found?.kinds !== "1" || found.runs !== wanted || found.counted !== wanted)
    throw new Error(`the copies are not what a start leaves: ${JSON.stringify(found)}`);
  await owner.query("reset enable_nestloop");
}

-- A pause may lie on a class of runs too. What names no class any more is dropped.
DROP FUNCTION "public"."pause_is_on"(text, text);
--> statement-breakpoint
CREATE FUNCTION "public"."pause_is_on"("tenant" text, "workflow" text, "class" text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
begin
  return exists (select from holds where tenant_id = tenant and kind = 'pause' and lifted_at is null
    and (scope = 'tenant' or workflow_id = workflow or execution_class = class));
end
$$;
--> statement-breakpoint
DROP FUNCTION "public"."hold_on"(text, text, text);
--> statement-breakpoint
-- What a start finds: 'kill', 'pause' or null. While other runs of the workflow and class still wait from a pause, a start
-- queues behind them, or it would overtake.
CREATE FUNCTION "public"."hold_on"("tenant" text, "workflow" text, "class" text, "own_run" text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
begin
  if kill_is_on(tenant, workflow) then
    return 'kill';
  elsif pause_is_on(tenant, workflow, class) or exists (select from runs where tenant_id = tenant
    and workflow_id = workflow and execution_class = class
    and status = 'queued' and paused_at is not null and id is distinct from own_run) then
    return 'pause';
  end if;
  return null;
end
$$;
--> statement-breakpoint
DROP FUNCTION "public"."expect_hold"(text, text, text, text);
--> statement-breakpoint
-- Fails a start that read another hold than the one that is on now, as a serialization failure: it is tried again. Says how
-- many runs may be queued: that is looked at when this one is counted.
CREATE FUNCTION "public"."expect_hold"("tenant" text, "workflow" text, "class" text, "own_run" text, "expected" text,
  "most_queued" integer) RETURNS void LANGUAGE plpgsql AS $$
declare
  found_now text;
begin
  perform pass_gate(tenant), set_config('app.most_queued', most_queued::text, true);
  select hold_on(tenant, workflow, class, own_run) into found_now;
  if found_now is distinct from expected then
    raise exception 'a hold was set or lifted meanwhile' using errcode = '40001';
  end if;
end
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "public"."release_runs"("tenant" text, "workflow" text, "happened" text, "event_ids" text[])
RETURNS integer LANGUAGE plpgsql AS $$
declare
  looked_at integer;
begin
  perform close_gate(tenant);
  with due as (
    select id, row_number() over (order by created_at, id) as place from runs
    where tenant_id = tenant and (workflow is null or workflow_id = workflow)
      and status = 'queued' and paused_at is not null and not pause_is_on(tenant_id, workflow_id, execution_class)
    order by created_at, id limit cardinality(event_ids)
  ), let_go as (
    update runs set paused_at = null from due
    where runs.tenant_id = tenant and runs.id = due.id and runs.status = 'queued' and runs.paused_at is not null
    returning runs.id, runs.execution_class, due.place
  ), asked as (
    insert into engine.events (tenant_id, id, name, payload, received_at)
    select tenant, event_ids[place], happened,
      json_build_object('tenantId', tenant, 'runId', id, 'executionClass', execution_class),
      -- Not the transaction's beginning: that may lie before the one of a batch that came first.
      clock_timestamp()
    from let_go order by place
  )
  select count(*) into looked_at from due;
  return looked_at;
end
$$;
--> statement-breakpoint
-- Keeps run_counts, at the commit: the row is one that all runs of a tenant's class share, and nobody may hold it while a
-- process thinks. A start whose queue is full by then fails as a serialization failure: tried again, it is refused.
CREATE FUNCTION "public"."count_run"() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  tenant text := coalesce(new.tenant_id, old.tenant_id);
  class text := coalesce(new.execution_class, old.execution_class);
  more_queued integer := coalesce((new.status = 'queued')::int, 0) - coalesce((old.status = 'queued')::int, 0);
  more_paused integer := coalesce((new.status = 'queued' and new.paused_at is not null)::int, 0)
    - coalesce((old.status = 'queued' and old.paused_at is not null)::int, 0);
  more_running integer := coalesce((new.status = 'running')::int, 0) - coalesce((old.status = 'running')::int, 0);
begin
  insert into run_counts as c (tenant_id, execution_class, queued, paused, running)
  values (tenant, class, more_queued, more_paused, more_running)
  on conflict (tenant_id, execution_class) do update set queued = c.queued + more_queued,
    paused = c.paused + more_paused, running = c.running + more_running;
  if tg_op = 'INSERT' and (select sum(queued) from run_counts where tenant_id = tenant)
    > nullif(current_setting('app.most_queued', true), '')::integer then
    raise exception 'the queue has filled meanwhile' using errcode = '40001';
  end if;
  return null;
end
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "runs_count_new" AFTER INSERT ON "runs" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (new.status in ('queued', 'running')) EXECUTE FUNCTION "public"."count_run"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "runs_count_changed" AFTER UPDATE ON "runs" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (old.status <> new.status or (old.paused_at is null) <> (new.paused_at is null))
  EXECUTE FUNCTION "public"."count_run"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "runs_count_gone" AFTER DELETE ON "runs" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (old.status in ('queued', 'running')) EXECUTE FUNCTION "public"."count_run"();
--> statement-breakpoint
INSERT INTO "run_counts" (tenant_id, execution_class, queued, paused, running)
SELECT tenant_id, execution_class, count(*) filter (where status = 'queued'),
  count(*) filter (where status = 'queued' and paused_at is not null), count(*) filter (where status = 'running')
FROM "runs" GROUP BY 1, 2;
--> statement-breakpoint
-- What a claim may take. It walks over the tenants of each lane, from the one whose turn was last, from one to the next by
-- the index alone, until `most` of them have something due; then gives of each what falls to its share, what goes on before
-- what begins. So its cost is that of the tenants looked at, not of the calls they have. A row without a run names a
-- tenant that a quota (`hit`) kept back. Calls that dead workers left come first. In steps, and without sorts: one statement
-- for all of it was planned by what the queue was believed to hold.
CREATE FUNCTION "engine"."due_calls"("lanes" smallint[], "afters" text[], "most" integer, "functions" text[],
  "full_keys" text[], "allows_suspects" boolean, "chosen" text[], "default_steps" integer, "default_runs" integer,
  "limits_starts" boolean)
RETURNS TABLE ("lane" smallint, "tenant_id" text, "share" integer, "hit" text, "most_steps" integer, "calls_out" integer,
  "most_runs" integer, "begun" integer, "run_id" text, "dedupe" text, "is_start" boolean, "function_id" text,
  "concurrency" text[], "throttle" text, "priority" integer, "is_queued" boolean, "age_ms" float8, "is_suspect" boolean,
  "is_expired" boolean)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_sort = off SET enable_bitmapscan = off AS $$
#variable_conflict use_column
declare
  moment timestamptz := engine.clock();
  -- How many calls each tenant has out, by `steps/` or `own/` and its id.
  outs jsonb := coalesce((select jsonb_object_agg(name, calls) from (
    select case when j.lane > 1 then 'steps/' else 'own/' end || j.tenant_id as name, count(*) as calls
    from engine.jobs j where j.lease_until >= moment group by 1) as counted), '{}');
  this_lane smallint;
  place integer;
  this_tenant text;
  next_tenant text;
  is_round boolean;
  begins boolean;
  most_of_steps integer;
  most_of_runs integer;
  out_now integer;
  begun_now integer;
  is_full boolean;
  given integer;
  names text[];
  steps_most integer[];
  steps_out integer[];
  runs_most integer[];
  runs_begun integer[];
  are_full boolean[];
begin
  return query
    select j.lane, j.tenant_id, 0, null::text,
      coalesce((select q.most_concurrent_steps from tenant_quotas q where q.tenant_id = j.tenant_id and j.lane > 1), default_steps),
      coalesce((outs ->> (case when j.lane > 1 then 'steps/' else 'own/' end || j.tenant_id))::integer, 0), 0, 0,
      j.run_id, j.dedupe, j.is_start, r.function_id, r.concurrency, r.throttle, r.priority, r.status = 'queued',
      (extract(epoch from moment - r.created_at) * 1000)::float8, j.crashes >= 1, true
    from engine.jobs j join engine.runs r on r.id = j.run_id
    where j.lease_until < moment and j.kind = 'call' and r.function_id = any(functions)
      and not r.concurrency && full_keys and (allows_suspects or j.crashes < 1)
      and j.run_id || ' ' || j.dedupe <> all(chosen)
      and not case when j.lane > 1 then 'steps/' else 'own/' end || j.tenant_id = any(full_keys)
    order by j.lease_until limit most;
  this_lane := -1;
  loop
    -- From one lane that holds something to the next.
    this_lane := (select j.lane from engine.jobs j where j.kind = 'call' and j.lease_until is null and j.lane > this_lane
      order by j.lane limit 1);
    exit when this_lane is null;
    place := array_position(lanes, this_lane);
    continue when place is null;
    this_tenant := afters[place];
    is_round := false;
    names := '{}';
    while cardinality(names) < most loop
      next_tenant := (select j.tenant_id from engine.jobs j where j.kind = 'call' and j.lease_until is null
        and j.lane = this_lane and j.tenant_id > this_tenant order by j.tenant_id limit 1);
      if next_tenant is null then
        exit when is_round;
        is_round := true;
        this_tenant := '';
        continue;
      end if;
      exit when is_round and next_tenant > afters[place];
      this_tenant := next_tenant;
      begins := (select j.is_start from engine.jobs j join engine.runs r on r.id = j.run_id
        where j.kind = 'call' and j.lease_until is null and j.lane = this_lane and j.tenant_id = this_tenant
          and j.run_at <= moment and r.function_id = any(functions) and not r.concurrency && full_keys
          and (allows_suspects or j.crashes < 2) and j.run_id || ' ' || j.dedupe <> all(chosen)
          and not (limits_starts and r.status = 'queued' and exists (select from engine.jobs t
            where t.run_id = j.run_id and t.dedupe = 'timeout:start' and t.run_at <= moment))
        order by j.is_start, j.run_at, j.run_id limit 1);
      continue when begins is null;
      most_of_steps := null;
      most_of_runs := null;
      if this_lane > 1 then
        select q.most_concurrent_steps, q.most_concurrent_runs into most_of_steps, most_of_runs
        from tenant_quotas q where q.tenant_id = this_tenant;
      end if;
      most_of_steps := coalesce(most_of_steps, default_steps);
      most_of_runs := coalesce(most_of_runs, default_runs);
      tenant_id := case when this_lane > 1 then 'steps/' else 'own/' end || this_tenant;
      out_now := coalesce((outs ->> tenant_id)::integer, 0);
      if this_lane > 0 and (out_now >= most_of_steps or tenant_id = any(full_keys)) then
        lane := this_lane;
        tenant_id := this_tenant;
        hit := case when this_lane > 1 then 'concurrent_steps' else 'own' end;
        return next;
        continue;
      end if;
      begun_now := 0;
      is_full := false;
      if this_lane > 1 then
        begun_now := (select count(*) from (select from engine.runs r where r.tenant_id = this_tenant
          and r.status = 'running' and r.lane > 1 limit most_of_runs) as running);
        is_full := begun_now >= most_of_runs or 'runs/' || this_tenant = any(full_keys);
      end if;
      if is_full and (begins or exists (select from engine.jobs j where j.kind = 'call' and j.lease_until is null and j.lane = this_lane and j.tenant_id = this_tenant
        and j.is_start and j.run_at <= moment)) then
        lane := this_lane;
        tenant_id := this_tenant;
        hit := 'concurrent_runs';
        return next;
        continue when begins;
      end if;
      names := names || this_tenant;
      steps_most[cardinality(names)] := most_of_steps;
      steps_out[cardinality(names)] := out_now;
      runs_most[cardinality(names)] := most_of_runs;
      runs_begun[cardinality(names)] := begun_now;
      are_full[cardinality(names)] := is_full;
    end loop;
    share := ceil(most::numeric / greatest(1, cardinality(names)));
    for nth in 1 .. cardinality(names) loop
      this_tenant := names[nth];
      return query
          select j.lane, j.tenant_id, share, null::text, steps_most[nth], steps_out[nth], runs_most[nth], runs_begun[nth],
            j.run_id, j.dedupe, j.is_start, r.function_id, r.concurrency, r.throttle, r.priority, r.status = 'queued',
            (extract(epoch from moment - r.created_at) * 1000)::float8, j.crashes >= 2, false
          from engine.jobs j join engine.runs r on r.id = j.run_id
          where j.kind = 'call' and j.lease_until is null and j.lane = this_lane and j.tenant_id = this_tenant
            and not j.is_start and j.run_at <= moment and r.function_id = any(functions) and not r.concurrency && full_keys
          and (allows_suspects or j.crashes < 2) and j.run_id || ' ' || j.dedupe <> all(chosen)
          and not (limits_starts and r.status = 'queued' and exists (select from engine.jobs t
            where t.run_id = j.run_id and t.dedupe = 'timeout:start' and t.run_at <= moment))
          order by j.run_at, j.run_id limit share;
      get diagnostics given = row_count;
      if given < share and not are_full[nth] then
        return query
          select j.lane, j.tenant_id, share, null::text, steps_most[nth], steps_out[nth], runs_most[nth], runs_begun[nth],
            j.run_id, j.dedupe, j.is_start, r.function_id, r.concurrency, r.throttle, r.priority, r.status = 'queued',
            (extract(epoch from moment - r.created_at) * 1000)::float8, j.crashes >= 2, false
          from engine.jobs j join engine.runs r on r.id = j.run_id
          where j.kind = 'call' and j.lease_until is null and j.lane = this_lane and j.tenant_id = this_tenant
            and j.is_start and j.run_at <= moment and r.function_id = any(functions) and not r.concurrency && full_keys
          and (allows_suspects or j.crashes < 2) and j.run_id || ' ' || j.dedupe <> all(chosen)
          and not (limits_starts and r.status = 'queued' and exists (select from engine.jobs t
            where t.run_id = j.run_id and t.dedupe = 'timeout:start' and t.run_at <= moment))
          order by j.run_at, j.run_id limit share - given;
      end if;
    end loop;
  end loop;
end
$$;
--> statement-breakpoint
-- What waits in the executor from before goes into the lane of its kind.
UPDATE "engine"."runs" SET lane = CASE WHEN tenant_id = 'system' THEN 0 ELSE 2 END
  WHERE status IN ('queued', 'running') AND (tenant_id = 'system' OR function_id LIKE '%execute-run');
--> statement-breakpoint
UPDATE "engine"."jobs" j SET lane = r.lane, is_start = (r.status = 'queued' AND j.dedupe = 'discover:0')
  FROM "engine"."runs" r WHERE r.id = j.run_id;

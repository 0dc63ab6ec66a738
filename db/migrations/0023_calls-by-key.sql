-- A function of its own language is not taken apart into what it says: row level security trusts none of that, so a moment
-- that was compared with it was looked for row by row, beside the index.
CREATE OR REPLACE FUNCTION "engine"."clock"() RETURNS timestamp with time zone LANGUAGE plpgsql STABLE AS $$
begin
  return now() + coalesce(nullif(current_setting('app.clock_shift', true), ''), '0')::interval;
end
$$;
--> statement-breakpoint
-- What the executor does with calls that it names, one look-up by the key for each: a statement over all of them is planned
-- by what the queue was believed to hold, and a burst comes faster than anybody counts it.
--
-- Gives due calls to a worker, and tells what carrying them out needs. One that was taken meanwhile is left out.
CREATE FUNCTION "engine"."lease_calls"("run_ids" text[], "dedupes" text[], "lease_ids" text[], "lease_ms" integer, "holder" text)
RETURNS TABLE ("run_id" text, "tenant_id" text, "function_id" text, "dedupe" text, "step_id" text, "attempt" integer,
  "crashes" integer, "lease_id" text, "version" integer, "force_plan" boolean, "stack" text[], "events" json,
  "has_parent" boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
declare
  moment timestamptz := engine.clock();
  run record;
begin
  for nth in 1 .. cardinality(run_ids) loop
    -- By the key alone: what a status says besides could be looked for in an index of all that is open.
    select r.id, r.status into run from engine.runs r where r.id = run_ids[nth] for no key update;
    if run.status = 'queued' then
      update engine.runs r set status = 'running', started_at = moment where r.id = run.id;
    end if;
    return query
      with leased as (
        update engine.jobs j set lease_id = lease_ids[nth], is_start = false, worker = holder,
          lease_until = moment + lease_ms * interval '1 millisecond', crashes = j.crashes + (j.lease_until is not null)::int
        where j.run_id = run_ids[nth] and j.dedupe = dedupes[nth] and j.run_at <= moment
          and (j.lease_until is null or j.lease_until < moment)
        returning j.*
      )
      select j.run_id, j.tenant_id, r.function_id, j.dedupe, j.step_id, j.attempt, j.crashes, j.lease_id, r.version,
        r.force_plan, r.stack, r.events, r.parent_run_id is not null
      from leased j join engine.runs r on r.id = run_ids[nth];
  end loop;
end
$$;
--> statement-breakpoint
-- Ends the runs of calls that ended well, where the lease still holds: the run, then its call is locked, as any commit of
-- a call does. What else was to come of them goes with them; of a run that had ended already, the call alone.
CREATE FUNCTION "engine"."end_calls"("run_ids" text[], "dedupes" text[], "lease_ids" text[], "results" text[],
  "memo_runs" text[], "memo_ops" text[])
RETURNS TABLE ("id" text, "tenant_id" text, "parent_run_id" text, "parent_op_id" text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
declare
  run record;
begin
  for nth in 1 .. cardinality(run_ids) loop
    select r.id, r.tenant_id, r.status, r.parent_run_id, r.parent_op_id into run
    from engine.runs r where r.id = run_ids[nth] for update;
    continue when not found;
    perform from engine.jobs j where j.run_id = run.id and j.dedupe = dedupes[nth] and j.lease_id = lease_ids[nth] for update;
    continue when not found;
    delete from engine.jobs j where j.run_id = run.id
      and (j.lease_id = lease_ids[nth] or (j.lease_id is null and run.status = 'running'));
    continue when run.status <> 'running';
    update engine.runs r
    set status = 'completed', result = results[nth]::json, ended_at = engine.clock(), pending = '{}',
      stack = r.stack || array(select op from unnest(memo_runs, memo_ops) as memo(of_run, op) where of_run = run.id)
    where r.id = run.id;
    delete from engine.waits w where w.run_id = run.id;
    id := run.id;
    tenant_id := run.tenant_id;
    parent_run_id := run.parent_run_id;
    parent_op_id := run.parent_op_id;
    return next;
  end loop;
end
$$;
--> statement-breakpoint
-- What a claim may take. It walks over the tenants of each lane, from the one whose turn was last, from one to the next by
-- the index alone, until `most` of them have something due; then gives of each what falls to its share, what goes on before
-- what begins. So its cost is that of the tenants looked at, not of the calls they have. A row without a run names a
-- tenant that a quota (`hit`) kept back. Calls that dead workers left come first. In steps, and without sorts: one statement
-- for all of it was planned by what the queue was believed to hold. A run is looked up for its call, never the other way.
CREATE OR REPLACE FUNCTION "engine"."due_calls"("lanes" smallint[], "afters" text[], "most" integer, "functions" text[],
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
    from engine.jobs j cross join lateral (select * from engine.runs where id = j.run_id offset 0) as r
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
      begins := (select j.is_start from engine.jobs j cross join lateral (select * from engine.runs where id = j.run_id offset 0) as r
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
          from engine.jobs j cross join lateral (select * from engine.runs where id = j.run_id offset 0) as r
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
          from engine.jobs j cross join lateral (select * from engine.runs where id = j.run_id offset 0) as r
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

DROP INDEX "engine"."engine_runs_begun_idx";
--> statement-breakpoint
-- What a claim may take, as in 0023, but that a run which only waits has no place among its tenant's runs. At work is a run
-- that has a call which is out, was left by a dead worker, or is due and has been claimed before: so one that rests has given
-- its place back with the commit of its call, and has one again when it is due, without anything being written. What goes on
-- comes before what begins; of both together no more are out than the quota says.
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
  -- How many calls each tenant has out, by `steps/` or `own/` and its id; and how many with those that dead workers left.
  outs jsonb;
  held jsonb;
  this_lane smallint;
  place integer;
  this_tenant text;
  next_tenant text;
  is_round boolean;
  begins boolean;
  most_of_steps integer;
  most_of_runs integer;
  out_now integer;
  at_work integer;
  is_full boolean;
  given integer;
  names text[];
  steps_most integer[];
  steps_out integer[];
  runs_most integer[];
  runs_at_work integer[];
  are_full boolean[];
begin
  select coalesce(jsonb_object_agg(name, calls), '{}'), coalesce(jsonb_object_agg(name, all_calls), '{}') into outs, held
  from (select case when j.lane > 1 then 'steps/' else 'own/' end || j.tenant_id as name,
      count(*) filter (where j.lease_until >= moment) as calls, count(*) as all_calls
    from engine.jobs j where j.lease_until is not null group by 1) as counted;
  return query
    select j.lane, j.tenant_id, 0, null::text,
      coalesce((select q.most_concurrent_steps from tenant_quotas q where q.tenant_id = j.tenant_id and j.lane > 1), default_steps),
      coalesce((outs ->> (case when j.lane > 1 then 'steps/' else 'own/' end || j.tenant_id))::integer, 0),
      coalesce((select q.most_concurrent_runs from tenant_quotas q where q.tenant_id = j.tenant_id and j.lane > 1), default_runs), 0,
      j.run_id, j.dedupe, j.is_start, r.function_id, r.concurrency, r.throttle, r.priority, r.status = 'queued',
      (extract(epoch from moment - r.created_at) * 1000)::float8, j.crashes >= 1, true
    from engine.jobs j cross join lateral (select * from engine.runs where id = j.run_id offset 0) as r
    where j.lease_until < moment and j.kind = 'call' and r.function_id = any(functions)
      and not r.concurrency && full_keys and (allows_suspects or j.crashes < 1)
      and j.run_id || ' ' || j.dedupe <> all(chosen)
      and not case when j.lane > 1 then array['steps/' || j.tenant_id, 'runs/' || j.tenant_id]
        else array['own/' || j.tenant_id] end && full_keys
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
      at_work := 0;
      is_full := false;
      if this_lane > 1 then
        -- One that goes on takes its place again, and may have to wait for it as one that begins.
        if out_now >= most_of_runs or 'runs/' || this_tenant = any(full_keys) then
          lane := this_lane;
          tenant_id := this_tenant;
          hit := 'concurrent_runs';
          return next;
          continue;
        end if;
        -- In the order of their queues, or the index of all that is due might be taken for as good.
        at_work := coalesce((held ->> tenant_id)::integer, 0) + (select coalesce(sum(calls), 0) from unnest(lanes) as of_runs(lane)
          cross join lateral (select count(*) as calls from (select from engine.jobs j where j.kind = 'call'
            and j.lease_until is null and j.lane = of_runs.lane and j.tenant_id = this_tenant and not j.is_start
            and j.run_at <= moment order by j.run_at, j.run_id limit most_of_runs) as due) as going_on
          where of_runs.lane > 1);
        is_full := at_work >= most_of_runs or 'begins/' || this_tenant = any(full_keys);
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
      runs_at_work[cardinality(names)] := at_work;
      are_full[cardinality(names)] := is_full;
    end loop;
    share := ceil(most::numeric / greatest(1, cardinality(names)));
    for nth in 1 .. cardinality(names) loop
      this_tenant := names[nth];
      return query
          select j.lane, j.tenant_id, share, null::text, steps_most[nth], steps_out[nth], runs_most[nth], runs_at_work[nth],
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
          select j.lane, j.tenant_id, share, null::text, steps_most[nth], steps_out[nth], runs_most[nth], runs_at_work[nth],
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

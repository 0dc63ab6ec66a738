-- Holds are read behind a gate. Turns and starts pass it together (shared locks), whoever sets or lifts a hold passes it
-- alone: so what was begun without seeing a kill is committed before the kill is, and nothing is begun after it. The locks
-- come first, in a statement of their own, as only the next statement sees what was committed meanwhile.
-- All of it in plpgsql, which keeps its plans from one call to the next.
CREATE FUNCTION "public"."pass_gate"("tenant" text) RETURNS void LANGUAGE plpgsql AS $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('gate', 0)),
    pg_advisory_xact_lock_shared(hashtextextended('gate:' || tenant, 0));
end
$$;
--> statement-breakpoint
-- Without a tenant: the gate of all of them.
CREATE FUNCTION "public"."close_gate"("tenant" text) RETURNS void LANGUAGE plpgsql AS $$
begin
  perform pg_advisory_xact_lock(hashtextextended(coalesce('gate:' || tenant, 'gate'), 0));
end
$$;
--> statement-breakpoint
CREATE FUNCTION "public"."kill_is_on"("tenant" text, "workflow" text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
begin
  return exists (select from deployment_kills where lifted_at is null)
    or exists (select from holds where tenant_id = tenant and kind = 'kill' and lifted_at is null
      and (scope = 'tenant' or workflow_id = workflow));
end
$$;
--> statement-breakpoint
CREATE FUNCTION "public"."pause_is_on"("tenant" text, "workflow" text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
begin
  return exists (select from holds where tenant_id = tenant and kind = 'pause' and lifted_at is null
    and (scope = 'tenant' or workflow_id = workflow));
end
$$;
--> statement-breakpoint
-- What a start finds: 'kill', 'pause' or null. While other runs of the workflow still wait from a pause, a start queues
-- behind them, or it would overtake.
CREATE FUNCTION "public"."hold_on"("tenant" text, "workflow" text, "own_run" text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
begin
  if kill_is_on(tenant, workflow) then
    return 'kill';
  elsif pause_is_on(tenant, workflow) or exists (select from runs where tenant_id = tenant and workflow_id = workflow
    and status = 'queued' and paused_at is not null and id is distinct from own_run) then
    return 'pause';
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- Fails a turn that comes after a kill.
CREATE FUNCTION "public"."expect_no_kill"("tenant" text, "workflow" text) RETURNS void LANGUAGE plpgsql AS $$
begin
  perform pass_gate(tenant);
  perform from (select kill_is_on(tenant, workflow) as is_on) as kill where is_on;
  if found then
    raise exception 'a kill is on' using errcode = 'CD002';
  end if;
end
$$;
--> statement-breakpoint
-- Fails a start that read another hold than the one that is on now, as a serialization failure: it is tried again.
CREATE FUNCTION "public"."expect_hold"("tenant" text, "workflow" text, "own_run" text, "expected" text) RETURNS void LANGUAGE plpgsql AS $$
declare
  found_now text;
begin
  perform pass_gate(tenant);
  select hold_on(tenant, workflow, own_run) into found_now;
  if found_now is distinct from expected then
    raise exception 'a hold was set or lifted meanwhile' using errcode = '40001';
  end if;
end
$$;
--> statement-breakpoint
-- Lets runs that waited for a pause go, the oldest first, one per event id: each leaves the queue in the statement that
-- asks for it. Alone behind the gate, so that no start slips in between the last of them and the end of the queue. Returns
-- how many it looked at: one of them may have been cancelled just then.
CREATE FUNCTION "public"."release_runs"("tenant" text, "workflow" text, "happened" text, "event_ids" text[])
RETURNS integer LANGUAGE plpgsql AS $$
declare
  looked_at integer;
begin
  perform close_gate(tenant);
  with due as (
    select id, row_number() over (order by created_at, id) as place from runs
    where tenant_id = tenant and (workflow is null or workflow_id = workflow)
      and status = 'queued' and paused_at is not null and not pause_is_on(tenant_id, workflow_id)
    order by created_at, id limit cardinality(event_ids)
  ), let_go as (
    update runs set paused_at = null from due
    where runs.tenant_id = tenant and runs.id = due.id and runs.status = 'queued' and runs.paused_at is not null
    returning runs.id, due.place
  ), asked as (
    insert into engine.events (tenant_id, id, name, payload, received_at)
    select tenant, event_ids[place], happened, json_build_object('tenantId', tenant, 'runId', id),
      -- Not the transaction's beginning: that may lie before the one of a batch that came first.
      clock_timestamp()
    from let_go order by place
  )
  select count(*) into looked_at from due;
  return looked_at;
end
$$;

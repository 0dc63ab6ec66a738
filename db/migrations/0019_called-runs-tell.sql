-- The end of a run that was called is the result of the step that waits for it, whoever ends it and how. One event id per
-- run, as it ends once.
CREATE FUNCTION "public"."tell_caller"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  insert into step_results (tenant_id, run_id, task_id, result, created_at)
  values (new.tenant_id, new.parent_run_id, new.parent_task_id,
    case when new.status = 'succeeded' then json_build_object('ok', true, 'output', new.output)
      else json_build_object('ok', false, 'code', 'called-run',
        'message', 'The run ' || new.id || ' that it called ended as ' || new.status || ': '
          || coalesce(new.failure ->> 'message', 'no reason was given')) end,
    clock_timestamp())
  on conflict do nothing;
  insert into engine.events (tenant_id, id, name, payload, received_at)
  values (new.tenant_id, 'evt_' || md5(new.id || ':told'), 'run.woken',
    json_build_object('tenantId', new.tenant_id, 'runId', new.parent_run_id), clock_timestamp())
  on conflict do nothing;
  return null;
end
$$;
--> statement-breakpoint
CREATE TRIGGER "runs_tell_caller" AFTER UPDATE OF "status" ON "public"."runs" FOR EACH ROW
  WHEN (new.parent_run_id is not null and old.status in ('queued', 'running') and new.status not in ('queued', 'running'))
  EXECUTE FUNCTION "public"."tell_caller"();
--> statement-breakpoint
-- Runs that an ended run has called and that wait for something are woken, and find that nobody waits for them.
CREATE FUNCTION "public"."tell_called"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  insert into engine.events (tenant_id, id, name, payload, received_at)
  select tenant_id, 'evt_' || md5(id || ':abandoned'), 'run.woken',
    json_build_object('tenantId', tenant_id, 'runId', id), clock_timestamp()
  from runs where tenant_id = new.tenant_id and parent_run_id = new.id and status in ('queued', 'running')
  on conflict do nothing;
  return null;
end
$$;
--> statement-breakpoint
CREATE TRIGGER "runs_tell_called" AFTER UPDATE OF "status" ON "public"."runs" FOR EACH ROW
  WHEN (new.has_called and old.status in ('queued', 'running') and new.status not in ('queued', 'running'))
  EXECUTE FUNCTION "public"."tell_called"();

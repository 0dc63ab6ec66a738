-- A queued run that waits for its start to be approved waits for no worker and no place either: run_counts keeps it with
-- those that wait for a pause.
CREATE OR REPLACE FUNCTION "public"."count_run"() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  tenant text := coalesce(new.tenant_id, old.tenant_id);
  class text := coalesce(new.execution_class, old.execution_class);
  more_queued integer := coalesce((new.status = 'queued')::int, 0) - coalesce((old.status = 'queued')::int, 0);
  more_paused integer := coalesce((new.status = 'queued' and coalesce(new.paused_at, new.gated_at) is not null)::int, 0)
    - coalesce((old.status = 'queued' and coalesce(old.paused_at, old.gated_at) is not null)::int, 0);
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
DROP TRIGGER "runs_count_changed" ON "runs";
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "runs_count_changed" AFTER UPDATE ON "runs" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (old.status <> new.status
    or (coalesce(old.paused_at, old.gated_at) is null) <> (coalesce(new.paused_at, new.gated_at) is null))
  EXECUTE FUNCTION "public"."count_run"();

-- A wait for an event goes when its step has ended, whoever ends it and how: by the event, its time, or the end of its run.
CREATE FUNCTION "public"."forget_event_wait"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  delete from event_waits where tenant_id = new.tenant_id and run_id = new.run_id and task_id = new.step_id;
  return null;
end
$$;
--> statement-breakpoint
CREATE TRIGGER "run_steps_forget_event_wait" AFTER UPDATE OF "status" ON "public"."run_steps" FOR EACH ROW
  WHEN (old.type = 'wait' and old.status = 'running' and new.status <> 'running')
  EXECUTE FUNCTION "public"."forget_event_wait"();

-- Only events that somebody has to take wake the router: the executor also records ends of runs that nobody awaits yet.
CREATE OR REPLACE FUNCTION "engine"."announce"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if exists (select from fresh where routed_at is null) then
    perform pg_notify('conductor_engine', '');
  end if;
  return null;
end
$$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER "events_announce" AFTER INSERT ON "engine"."events" REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION "engine"."announce"();

CREATE TABLE "run_months" (
	"tenant_id" text NOT NULL,
	"month" text NOT NULL,
	"started" integer NOT NULL,
	CONSTRAINT "run_months_tenant_id_month_pk" PRIMARY KEY("tenant_id","month")
);
--> statement-breakpoint
-- What was set stays so; beside it stands what the plan has, and the stricter of both is what claims read.
ALTER TABLE "tenant_quotas" RENAME COLUMN "most_concurrent_runs" TO "set_concurrent_runs";--> statement-breakpoint
ALTER TABLE "tenant_quotas" ALTER COLUMN "set_concurrent_runs" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant_quotas" ADD COLUMN "plan_concurrent_runs" integer;--> statement-breakpoint
ALTER TABLE "tenant_quotas" ADD COLUMN "most_concurrent_runs" integer GENERATED ALWAYS AS (least(set_concurrent_runs, plan_concurrent_runs)) STORED;--> statement-breakpoint
ALTER TABLE "tenant_quotas" ALTER COLUMN "most_queued_runs" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant_quotas" ALTER COLUMN "most_concurrent_steps" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant_quotas" ALTER COLUMN "set_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant_quotas" ALTER COLUMN "set_at" DROP NOT NULL;--> statement-breakpoint
DROP FUNCTION "public"."expect_hold"(text, text, text, text, text, integer);
--> statement-breakpoint
-- Fails a start that read another hold than the one that is on now, as a serialization failure: it is tried again. Says how
-- many runs may be queued, and how many a month may have (null: as many as one likes): that is looked at when this one is counted.
CREATE FUNCTION "public"."expect_hold"("tenant" text, "workflow" text, "class" text, "own_run" text, "expected" text,
  "most_queued" integer, "most_started" integer) RETURNS void LANGUAGE plpgsql AS $$
declare
  found_now text;
begin
  perform pass_gate(tenant), set_config('app.most_queued', most_queued::text, true),
    set_config('app.most_started', coalesce(most_started::text, ''), true);
  select hold_on(tenant, workflow, class, own_run) into found_now;
  if found_now is distinct from expected then
    raise exception 'a hold was set or lifted meanwhile' using errcode = '40001';
  end if;
end
$$;
--> statement-breakpoint
-- Keeps run_months, at the commit and after run_counts, so that whoever waits for the one holds nothing of the other. A start for
-- which the month has no more by then fails as a serialization failure: tried again, it is refused.
CREATE FUNCTION "public"."count_start"() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  now_started integer;
begin
  insert into run_months as m (tenant_id, month, started)
  values (new.tenant_id, to_char(new.created_at at time zone 'UTC', 'YYYY-MM'), 1)
  on conflict (tenant_id, month) do update set started = m.started + 1
  returning started into now_started;
  if now_started > nullif(current_setting('app.most_started', true), '')::integer then
    raise exception 'the month has filled meanwhile' using errcode = '40001';
  end if;
  return null;
end
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "runs_count_started" AFTER INSERT ON "runs" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (new.parent_run_id is null) EXECUTE FUNCTION "public"."count_start"();
--> statement-breakpoint
INSERT INTO "run_months" (tenant_id, month, started)
SELECT tenant_id, to_char(created_at at time zone 'UTC', 'YYYY-MM'), count(*) FROM "runs" WHERE parent_run_id is null GROUP BY 1, 2;

DROP INDEX "engine"."jobs_dedupe_key";--> statement-breakpoint
DROP INDEX "engine"."jobs_due_idx";--> statement-breakpoint
DROP INDEX "engine"."waits_match_idx";--> statement-breakpoint
ALTER TABLE "engine"."runs" ALTER COLUMN "status" SET DEFAULT 'queued';--> statement-breakpoint
-- Replaced, not converted: json has no cast to text[], and no release ever wrote this column.
ALTER TABLE "engine"."runs" DROP COLUMN "concurrency";--> statement-breakpoint
ALTER TABLE "engine"."runs" ADD COLUMN "concurrency" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "engine"."jobs" DROP COLUMN "id";--> statement-breakpoint
ALTER TABLE "engine"."jobs" ADD CONSTRAINT "jobs_run_id_dedupe_pk" PRIMARY KEY("run_id","dedupe");--> statement-breakpoint
ALTER TABLE "engine"."runs" ADD COLUMN "parent_run_id" text;--> statement-breakpoint
ALTER TABLE "engine"."runs" ADD COLUMN "parent_op_id" text;--> statement-breakpoint
ALTER TABLE "engine"."steps" ADD COLUMN "is_race" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "engine"."jobs" ADD COLUMN "created_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "engine"."waits" ADD COLUMN "since" timestamp with time zone NOT NULL;--> statement-breakpoint
CREATE INDEX "events_name_idx" ON "engine"."events" USING btree ("name","received_at");--> statement-breakpoint
CREATE INDEX "jobs_calls_idx" ON "engine"."jobs" USING btree ("run_at") WHERE kind = 'call';--> statement-breakpoint
CREATE INDEX "jobs_timers_idx" ON "engine"."jobs" USING btree ("run_at") WHERE kind = 'timer';--> statement-breakpoint
CREATE INDEX "jobs_leases_idx" ON "engine"."jobs" USING btree ("lease_until") WHERE lease_until is not null;--> statement-breakpoint
CREATE INDEX "waits_match_idx" ON "engine"."waits" USING btree ("match");--> statement-breakpoint
ALTER TABLE "engine"."runs" DROP COLUMN "priority";--> statement-breakpoint
ALTER TABLE "engine"."runs" DROP COLUMN "parent";--> statement-breakpoint
ALTER TABLE "engine"."waits" DROP COLUMN "created_at";--> statement-breakpoint
ALTER TABLE "engine"."runs" ADD CONSTRAINT "engine_runs_status_check" CHECK ("engine"."runs"."status" in ('queued', 'running', 'completed', 'failed', 'cancelled'));--> statement-breakpoint
ALTER TABLE "engine"."jobs" ADD CONSTRAINT "jobs_kind_check" CHECK ("engine"."jobs"."kind" in ('call', 'timer'));--> statement-breakpoint
ALTER TABLE "engine"."waits" ADD CONSTRAINT "waits_kind_check" CHECK ("engine"."waits"."kind" in ('event', 'cancel'));--> statement-breakpoint
-- The executor's one clock: the database's own, which tests move by a setting of their transaction.
CREATE FUNCTION "engine"."clock"() RETURNS timestamp with time zone LANGUAGE sql STABLE AS $$
  select now() + coalesce(nullif(current_setting('app.clock_shift', true), ''), '0')::interval
$$;
--> statement-breakpoint
-- Wakes the router as soon as the transaction that recorded events commits, without a round trip of the verb's.
CREATE FUNCTION "engine"."announce"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform pg_notify('conductor_engine', '');
  return null;
end
$$;
--> statement-breakpoint
CREATE TRIGGER "events_announce" AFTER INSERT ON "engine"."events" FOR EACH STATEMENT EXECUTE FUNCTION "engine"."announce"();

CREATE TABLE "engine"."quota_hits" (
	"tenant_id" text NOT NULL,
	"quota" text NOT NULL,
	"hit_at" timestamp with time zone NOT NULL,
	CONSTRAINT "quota_hits_tenant_id_quota_pk" PRIMARY KEY("tenant_id","quota"),
	CONSTRAINT "quota_hits_quota_check" CHECK ("engine"."quota_hits"."quota" in ('concurrent_runs', 'queued_runs', 'concurrent_steps'))
);
--> statement-breakpoint
CREATE TABLE "quota_episodes" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"quota" text NOT NULL,
	"began_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "quota_episodes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "quota_episodes_quota_check" CHECK ("quota_episodes"."quota" in ('concurrent_runs', 'queued_runs', 'concurrent_steps'))
);
--> statement-breakpoint
CREATE TABLE "run_counts" (
	"tenant_id" text NOT NULL,
	"execution_class" text NOT NULL,
	"queued" integer NOT NULL,
	"paused" integer NOT NULL,
	"running" integer NOT NULL,
	CONSTRAINT "run_counts_tenant_id_execution_class_pk" PRIMARY KEY("tenant_id","execution_class"),
	CONSTRAINT "run_counts_class_check" CHECK ("run_counts"."execution_class" in ('standard', 'bulk', 'low'))
);
--> statement-breakpoint
CREATE TABLE "tenant_quotas" (
	"tenant_id" text NOT NULL,
	"most_concurrent_runs" integer NOT NULL,
	"most_queued_runs" integer NOT NULL,
	"most_concurrent_steps" integer NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "tenant_quotas_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
ALTER TABLE "holds" DROP CONSTRAINT "holds_scope_check";--> statement-breakpoint
ALTER TABLE "engine"."runs" ADD COLUMN "lane" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "engine"."jobs" ADD COLUMN "lane" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "engine"."jobs" ADD COLUMN "is_start" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "holds" ADD COLUMN "execution_class" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "execution_class" text DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE "quota_episodes" ADD CONSTRAINT "quota_episodes_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_quotas" ADD CONSTRAINT "tenant_quotas_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "quota_episodes_key" ON "quota_episodes" USING btree ("tenant_id","quota") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "engine_runs_begun_idx" ON "engine"."runs" USING btree ("tenant_id") WHERE status = 'running' and lane > 1;--> statement-breakpoint
CREATE INDEX "jobs_queues_idx" ON "engine"."jobs" USING btree ("lane","tenant_id","is_start","run_at","run_id") WHERE kind = 'call' and lease_until is null;--> statement-breakpoint
CREATE UNIQUE INDEX "holds_class_key" ON "holds" USING btree ("tenant_id","kind","execution_class") WHERE scope = 'class' and lifted_at is null;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_class_word_check" CHECK ("holds"."execution_class" in ('standard', 'bulk', 'low'));--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_class_check" CHECK ((scope = 'class') = (execution_class is not null));--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_class_pause_check" CHECK (scope <> 'class' or kind = 'pause');--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_scope_check" CHECK ("holds"."scope" in ('workflow', 'class', 'tenant'));--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_class_check" CHECK ("runs"."execution_class" in ('standard', 'bulk', 'low'));
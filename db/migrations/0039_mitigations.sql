CREATE TABLE "mitigation_settings" (
	"tenant_id" text NOT NULL,
	"rules" json NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mitigation_settings_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "mitigations" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"incident_id" text NOT NULL,
	"kind" text NOT NULL,
	"lever" json NOT NULL,
	"approval_risk" integer,
	"concurrent_runs" integer,
	"hold_ids" text[] NOT NULL,
	"reason" text NOT NULL,
	"rule_id" text,
	"before" json NOT NULL,
	"after" json,
	"is_drill" boolean NOT NULL,
	"applied_by" text NOT NULL,
	"applied_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"judged_at" timestamp with time zone,
	"ended_how" text,
	"ended_by" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "mitigations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "mitigations_kind_check" CHECK ("mitigations"."kind" in ('throttle', 'pause', 'require_approval', 'kill')),
	CONSTRAINT "mitigations_end_check" CHECK ("mitigations"."ended_how" in ('undone', 'expired', 'rolled_back', 'resolved')),
	CONSTRAINT "mitigations_ended_check" CHECK ((ended_at is null) = (ended_how is null)),
	CONSTRAINT "mitigations_approval_check" CHECK ((kind = 'require_approval') = (approval_risk is not null)),
	CONSTRAINT "mitigations_throttle_check" CHECK ((kind = 'throttle') = (concurrent_runs is not null))
);
--> statement-breakpoint
-- What guards a tenant now is one more bound: the strictest of all three is what claims read.
ALTER TABLE "tenant_quotas" ADD COLUMN "guard_concurrent_runs" integer;--> statement-breakpoint
ALTER TABLE "tenant_quotas" drop column "most_concurrent_runs";--> statement-breakpoint
ALTER TABLE "tenant_quotas" ADD COLUMN "most_concurrent_runs" integer GENERATED ALWAYS AS (least(set_concurrent_runs, plan_concurrent_runs, guard_concurrent_runs)) STORED;--> statement-breakpoint
ALTER TABLE "mitigation_settings" ADD CONSTRAINT "mitigation_settings_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mitigations" ADD CONSTRAINT "mitigations_tenant_id_incident_id_incidents_tenant_id_id_fk" FOREIGN KEY ("tenant_id","incident_id") REFERENCES "public"."incidents"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mitigations_incident_idx" ON "mitigations" USING btree ("tenant_id","incident_id","applied_at");--> statement-breakpoint
CREATE INDEX "mitigations_on_idx" ON "mitigations" USING btree ("tenant_id") WHERE ended_at is null;
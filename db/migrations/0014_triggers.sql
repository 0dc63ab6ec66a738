CREATE TABLE "sent_events" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"data" json NOT NULL,
	"idempotency_key" text,
	"sent_by" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sent_events_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "trigger_fires" (
	"tenant_id" text NOT NULL,
	"trigger_id" text NOT NULL,
	"key" text NOT NULL,
	"status" text NOT NULL,
	"depth" integer NOT NULL,
	"body_digest" text,
	"payload" json,
	"run_id" text,
	"refusal" json,
	"fired_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "trigger_fires_tenant_id_trigger_id_key_pk" PRIMARY KEY("tenant_id","trigger_id","key"),
	CONSTRAINT "trigger_fires_status_check" CHECK ("trigger_fires"."status" in ('pending', 'started', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "trigger_secrets" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"sealed_value" text NOT NULL,
	"wrapped_key" text NOT NULL,
	"key_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	CONSTRAINT "trigger_secrets_tenant_id_id_version_pk" PRIMARY KEY("tenant_id","id","version")
);
--> statement-breakpoint
CREATE TABLE "triggers" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"settings" json NOT NULL,
	"is_enabled" boolean NOT NULL,
	"source_workflow_id" text,
	"event_name" text,
	"next_at" timestamp with time zone,
	"roles" text[] NOT NULL,
	"region" text NOT NULL,
	"business_unit" text NOT NULL,
	"clearance" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "triggers_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "triggers_kind_check" CHECK ("triggers"."kind" in ('webhook', 'schedule', 'event')),
	CONSTRAINT "triggers_roles_check" CHECK (cardinality("triggers"."roles") > 0 and "triggers"."roles" <@ array['conductor_admin', 'tenant_admin', 'workflow_author', 'workflow_reviewer', 'operator', 'read_only']::text[]),
	CONSTRAINT "triggers_clearance_check" CHECK ("triggers"."clearance" in ('public', 'internal', 'confidential', 'restricted')),
	CONSTRAINT "triggers_event_check" CHECK ((kind = 'event') = (event_name is not null)),
	CONSTRAINT "triggers_next_check" CHECK (next_at is null or (kind = 'schedule' and is_enabled and deleted_at is null))
);
--> statement-breakpoint
ALTER TABLE "sent_events" ADD CONSTRAINT "sent_events_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trigger_fires" ADD CONSTRAINT "trigger_fires_tenant_id_trigger_id_triggers_tenant_id_id_fk" FOREIGN KEY ("tenant_id","trigger_id") REFERENCES "public"."triggers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trigger_secrets" ADD CONSTRAINT "trigger_secrets_tenant_id_id_triggers_tenant_id_id_fk" FOREIGN KEY ("tenant_id","id") REFERENCES "public"."triggers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triggers" ADD CONSTRAINT "triggers_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triggers" ADD CONSTRAINT "triggers_tenant_id_workflow_id_workflows_tenant_id_id_fk" FOREIGN KEY ("tenant_id","workflow_id") REFERENCES "public"."workflows"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triggers" ADD CONSTRAINT "triggers_tenant_id_source_workflow_id_workflows_tenant_id_id_fk" FOREIGN KEY ("tenant_id","source_workflow_id") REFERENCES "public"."workflows"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "sent_events_idempotency_key" ON "sent_events" USING btree ("tenant_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "trigger_fires_last_idx" ON "trigger_fires" USING btree ("tenant_id","trigger_id","status","fired_at");--> statement-breakpoint
CREATE INDEX "trigger_fires_pending_idx" ON "trigger_fires" USING btree ("fired_at") WHERE status = 'pending' and payload is not null;--> statement-breakpoint
CREATE INDEX "trigger_secrets_key_idx" ON "trigger_secrets" USING btree ("tenant_id","key_id");--> statement-breakpoint
CREATE UNIQUE INDEX "triggers_id_key" ON "triggers" USING btree ("id");--> statement-breakpoint
CREATE INDEX "triggers_workflow_idx" ON "triggers" USING btree ("tenant_id","workflow_id");--> statement-breakpoint
CREATE INDEX "triggers_event_idx" ON "triggers" USING btree ("tenant_id","event_name") WHERE event_name is not null and deleted_at is null;--> statement-breakpoint
CREATE INDEX "triggers_due_idx" ON "triggers" USING btree ("next_at") WHERE next_at is not null;
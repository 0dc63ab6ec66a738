CREATE TABLE "incident_entries" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"incident_id" text NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"actor" text NOT NULL,
	"text" text NOT NULL,
	"facts" json NOT NULL,
	"is_public" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "incident_entries_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "incident_entries_kind_check" CHECK ("incident_entries"."kind" in ('opened', 'alert', 'alert_cleared', 'acknowledged', 'status', 'severity', 'reopened', 'role', 'task', 'note', 'update', 'link', 'publication', 'notification', 'escalation', 'mitigation', 'guardrail', 'evidence', 'drill')),
	CONSTRAINT "incident_entries_source_check" CHECK ("incident_entries"."source" in ('person', 'api', 'alert', 'engine', 'mitigation', 'guardrail', 'notification', 'drill')),
	CONSTRAINT "incident_entries_public_check" CHECK (not is_public or kind in ('update', 'status'))
);
--> statement-breakpoint
CREATE TABLE "incident_messages" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"incident_id" text NOT NULL,
	"dedupe" text NOT NULL,
	"occasion" text NOT NULL,
	"channel" text NOT NULL,
	"user_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"claimed_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp with time zone,
	"failure" text,
	CONSTRAINT "incident_messages_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "incident_messages_occasion_check" CHECK ("incident_messages"."occasion" in ('opened', 'escalated', 'repeated', 'resolved')),
	CONSTRAINT "incident_messages_channel_check" CHECK ("incident_messages"."channel" in ('email', 'slack')),
	CONSTRAINT "incident_messages_recipient_check" CHECK ((channel = 'email') = (user_id is not null))
);
--> statement-breakpoint
CREATE TABLE "incident_roles" (
	"tenant_id" text NOT NULL,
	"incident_id" text NOT NULL,
	"role" text NOT NULL,
	"user_id" text NOT NULL,
	"assigned_at" timestamp with time zone NOT NULL,
	CONSTRAINT "incident_roles_tenant_id_incident_id_role_pk" PRIMARY KEY("tenant_id","incident_id","role"),
	CONSTRAINT "incident_roles_role_check" CHECK ("incident_roles"."role" in ('commander', 'communications', 'operations', 'scribe'))
);
--> statement-breakpoint
CREATE TABLE "incident_settings" (
	"tenant_id" text NOT NULL,
	"slack_secret" text,
	"slack_environment" text,
	"has_status_page" boolean DEFAULT false NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "incident_settings_tenant_id_pk" PRIMARY KEY("tenant_id"),
	CONSTRAINT "incident_settings_slack_check" CHECK ((slack_secret is null) = (slack_environment is null))
);
--> statement-breakpoint
CREATE TABLE "incident_tasks" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"incident_id" text NOT NULL,
	"title" text NOT NULL,
	"owner_id" text,
	"due_at" timestamp with time zone,
	"done_by" text,
	"done_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "incident_tasks_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "incident_tasks_done_check" CHECK ((done_by is null) = (done_at is null))
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"severity" text NOT NULL,
	"status" text NOT NULL,
	"source" text NOT NULL,
	"key" text,
	"slo_id" text,
	"alert_id" text,
	"facts" json NOT NULL,
	"is_drill" boolean NOT NULL,
	"is_public" boolean DEFAULT false NOT NULL,
	"alert_count" integer NOT NULL,
	"last_alert_at" timestamp with time zone,
	"told_at" timestamp with time zone NOT NULL,
	"episode" integer DEFAULT 1 NOT NULL,
	"idempotency_key" text,
	"opened_by" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"acknowledged_by" text,
	"acknowledged_at" timestamp with time zone,
	"mitigated_at" timestamp with time zone,
	"resolved_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "incidents_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "incidents_severity_check" CHECK ("incidents"."severity" in ('sev1', 'sev2', 'sev3', 'sev4')),
	CONSTRAINT "incidents_status_check" CHECK ("incidents"."status" in ('open', 'mitigated', 'monitoring', 'resolved', 'closed')),
	CONSTRAINT "incidents_source_check" CHECK ("incidents"."source" in ('person', 'api', 'slo', 'guardrail', 'engine', 'drill')),
	CONSTRAINT "incidents_acknowledged_check" CHECK ((acknowledged_by is null) = (acknowledged_at is null)),
	CONSTRAINT "incidents_closed_check" CHECK ((status = 'closed') = (closed_at is not null)),
	CONSTRAINT "incidents_resolved_check" CHECK ((status in ('resolved', 'closed')) = (resolved_at is not null)),
	CONSTRAINT "incidents_public_check" CHECK (not (is_drill and is_public))
);
--> statement-breakpoint
CREATE TABLE "slack_identities" (
	"tenant_id" text NOT NULL,
	"slack_team" text NOT NULL,
	"slack_user" text NOT NULL,
	"user_id" text NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "slack_identities_tenant_id_slack_team_slack_user_pk" PRIMARY KEY("tenant_id","slack_team","slack_user")
);
--> statement-breakpoint
CREATE TABLE "escalation_policies" (
	"tenant_id" text NOT NULL,
	"steps" json NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "escalation_policies_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "on_call_overrides" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"schedule_id" text NOT NULL,
	"user_id" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "on_call_overrides_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "on_call_overrides_times_check" CHECK (starts_at < ends_at)
);
--> statement-breakpoint
CREATE TABLE "on_call_schedules" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"zone" text NOT NULL,
	"rotation" text NOT NULL,
	"handoff_at" text NOT NULL,
	"starts_on" text NOT NULL,
	"people" text[] NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "on_call_schedules_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "on_call_schedules_rotation_check" CHECK ("on_call_schedules"."rotation" in ('daily', 'weekly')),
	CONSTRAINT "on_call_schedules_handoff_check" CHECK (handoff_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
	CONSTRAINT "on_call_schedules_people_check" CHECK (cardinality(people) > 0)
);
--> statement-breakpoint
ALTER TABLE "incident_entries" ADD CONSTRAINT "incident_entries_incident_fk" FOREIGN KEY ("tenant_id","incident_id") REFERENCES "public"."incidents"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_messages" ADD CONSTRAINT "incident_messages_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_messages" ADD CONSTRAINT "incident_messages_incident_fk" FOREIGN KEY ("tenant_id","incident_id") REFERENCES "public"."incidents"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_roles" ADD CONSTRAINT "incident_roles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_roles" ADD CONSTRAINT "incident_roles_incident_fk" FOREIGN KEY ("tenant_id","incident_id") REFERENCES "public"."incidents"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_settings" ADD CONSTRAINT "incident_settings_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_tasks" ADD CONSTRAINT "incident_tasks_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_tasks" ADD CONSTRAINT "incident_tasks_incident_fk" FOREIGN KEY ("tenant_id","incident_id") REFERENCES "public"."incidents"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slack_identities" ADD CONSTRAINT "slack_identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slack_identities" ADD CONSTRAINT "slack_identities_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation_policies" ADD CONSTRAINT "escalation_policies_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "on_call_overrides" ADD CONSTRAINT "on_call_overrides_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "on_call_overrides" ADD CONSTRAINT "on_call_overrides_schedule_fk" FOREIGN KEY ("tenant_id","schedule_id") REFERENCES "public"."on_call_schedules"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "on_call_schedules" ADD CONSTRAINT "on_call_schedules_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incident_entries_list_idx" ON "incident_entries" USING btree ("tenant_id","incident_id","at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "incident_messages_dedupe_key" ON "incident_messages" USING btree ("tenant_id","incident_id","dedupe");--> statement-breakpoint
CREATE INDEX "incident_tasks_incident_idx" ON "incident_tasks" USING btree ("tenant_id","incident_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_key_key" ON "incidents" USING btree ("tenant_id","key") WHERE status <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_idempotency_key" ON "incidents" USING btree ("tenant_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "incidents_list_idx" ON "incidents" USING btree ("tenant_id","opened_at","id");--> statement-breakpoint
CREATE INDEX "on_call_overrides_schedule_idx" ON "on_call_overrides" USING btree ("tenant_id","schedule_id","ends_at");--> statement-breakpoint
CREATE UNIQUE INDEX "on_call_schedules_name_key" ON "on_call_schedules" USING btree ("tenant_id","name");
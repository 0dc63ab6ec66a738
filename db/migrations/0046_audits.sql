CREATE TABLE "audit_checks" (
	"tenant_id" text NOT NULL,
	"audit_id" text NOT NULL,
	"check_id" text NOT NULL,
	"place" integer NOT NULL,
	"state" text NOT NULL,
	"result" json,
	"ended_at" timestamp with time zone,
	CONSTRAINT "audit_checks_tenant_id_audit_id_check_id_pk" PRIMARY KEY("tenant_id","audit_id","check_id"),
	CONSTRAINT "audit_checks_state_check" CHECK ("audit_checks"."state" in ('waiting', 'pass', 'fail', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "audits" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"verdict" text,
	"report_digest" text,
	"bundle_id" text,
	CONSTRAINT "audits_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "audits_verdict_check" CHECK ("audits"."verdict" in ('pass', 'fail', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"number" integer NOT NULL,
	"key" text NOT NULL,
	"check_id" text NOT NULL,
	"control" text NOT NULL,
	"severity" text NOT NULL,
	"title" text NOT NULL,
	"detail" text NOT NULL,
	"remedy" text NOT NULL,
	"status" text NOT NULL,
	"audit_id" text NOT NULL,
	"evidence_digest" text NOT NULL,
	"owner_id" text,
	"due_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	"ready_by" text,
	"ready_note" text,
	"retest_by" text,
	"retested_at" timestamp with time zone,
	"retest_reason" text,
	"closed_at" timestamp with time zone,
	"closed_by" text,
	"accepted_until" timestamp with time zone,
	"accepted_reason" text,
	"accepted_by" text,
	"escalated" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "findings_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "findings_status_check" CHECK ("findings"."status" in ('open', 'in_progress', 'ready', 'reopened', 'accepted', 'closed')),
	CONSTRAINT "findings_severity_check" CHECK ("findings"."severity" in ('critical', 'high', 'medium', 'low'))
);
--> statement-breakpoint
ALTER TABLE "audit_checks" ADD CONSTRAINT "audit_checks_tenant_id_audit_id_audits_tenant_id_id_fk" FOREIGN KEY ("tenant_id","audit_id") REFERENCES "public"."audits"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audits" ADD CONSTRAINT "audits_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_ready_by_users_id_fk" FOREIGN KEY ("ready_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_tenant_id_audit_id_audits_tenant_id_id_fk" FOREIGN KEY ("tenant_id","audit_id") REFERENCES "public"."audits"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "audits_running_key" ON "audits" USING btree ("tenant_id") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "findings_key" ON "findings" USING btree ("tenant_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "findings_number" ON "findings" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE INDEX "findings_due_idx" ON "findings" USING btree ("due_at") WHERE closed_at is null;
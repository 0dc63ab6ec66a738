CREATE TABLE "drift_checks" (
	"id" text PRIMARY KEY NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"took_ms" integer NOT NULL,
	"differences" integer NOT NULL,
	"fault" text
);
--> statement-breakpoint
CREATE TABLE "processes" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"revision" text NOT NULL,
	"policy" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"decision_times" json NOT NULL,
	CONSTRAINT "processes_kind_check" CHECK ("processes"."kind" in ('web', 'worker'))
);
--> statement-breakpoint
CREATE TABLE "remediation_tasks" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"expected" text NOT NULL,
	"found" text NOT NULL,
	"undo_runs" text NOT NULL,
	"undo" text NOT NULL,
	"owner_id" text,
	"due_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"times" integer DEFAULT 1 NOT NULL,
	"accepted_found" text,
	CONSTRAINT "remediation_tasks_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "remediation_tasks_kind_check" CHECK ("remediation_tasks"."kind" in ('pack', 'tenant_policy', 'database', 'process', 'behaviour')),
	CONSTRAINT "remediation_tasks_undo_runs_check" CHECK ("remediation_tasks"."undo_runs" in ('sql', 'command'))
);
--> statement-breakpoint
ALTER TABLE "remediation_tasks" ADD CONSTRAINT "remediation_tasks_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_tasks" ADD CONSTRAINT "remediation_tasks_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "processes_seen_idx" ON "processes" USING btree ("seen_at");--> statement-breakpoint
CREATE UNIQUE INDEX "remediation_tasks_key" ON "remediation_tasks" USING btree ("tenant_id","key");--> statement-breakpoint
CREATE INDEX "remediation_tasks_open_idx" ON "remediation_tasks" USING btree ("tenant_id","opened_at") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "decisions_at_idx" ON "decisions" USING btree ("tenant_id","at");
CREATE TABLE "approval_links" (
	"tenant_id" text NOT NULL,
	"approval_id" text NOT NULL,
	"user_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "approval_links_tenant_id_approval_id_user_id_pk" PRIMARY KEY("tenant_id","approval_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "approval_votes" (
	"tenant_id" text NOT NULL,
	"approval_id" text NOT NULL,
	"voter_id" text NOT NULL,
	"stage" integer NOT NULL,
	"verdict" text NOT NULL,
	"comment" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "approval_votes_tenant_id_approval_id_voter_id_pk" PRIMARY KEY("tenant_id","approval_id","voter_id"),
	CONSTRAINT "approval_votes_verdict_check" CHECK ("approval_votes"."verdict" in ('approved', 'rejected'))
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"run_id" text NOT NULL,
	"task_id" text,
	"content_hash" text NOT NULL,
	"title" text NOT NULL,
	"details" text NOT NULL,
	"requested_by" text NOT NULL,
	"requesters" text[] NOT NULL,
	"stages" json NOT NULL,
	"stage" integer NOT NULL,
	"role" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "approvals_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "approvals_status_check" CHECK ("approvals"."status" in ('pending', 'approved', 'rejected', 'expired', 'void')),
	CONSTRAINT "approvals_role_check" CHECK ("approvals"."role" in ('conductor_admin', 'tenant_admin', 'workflow_author', 'workflow_reviewer', 'operator', 'read_only')),
	CONSTRAINT "approvals_end_check" CHECK ((status = 'pending') = (ended_at is null))
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "gated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "approval_links" ADD CONSTRAINT "approval_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_links" ADD CONSTRAINT "approval_links_tenant_id_approval_id_approvals_tenant_id_id_fk" FOREIGN KEY ("tenant_id","approval_id") REFERENCES "public"."approvals"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_votes" ADD CONSTRAINT "approval_votes_voter_id_users_id_fk" FOREIGN KEY ("voter_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_votes" ADD CONSTRAINT "approval_votes_tenant_id_approval_id_approvals_tenant_id_id_fk" FOREIGN KEY ("tenant_id","approval_id") REFERENCES "public"."approvals"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_tenant_id_run_id_runs_tenant_id_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_task_key" ON "approvals" USING btree ("tenant_id","run_id","task_id") WHERE task_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_start_key" ON "approvals" USING btree ("tenant_id","run_id") WHERE task_id is null;--> statement-breakpoint
CREATE INDEX "approvals_list_idx" ON "approvals" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "approvals_pending_idx" ON "approvals" USING btree ("tenant_id","due_at") WHERE status = 'pending';
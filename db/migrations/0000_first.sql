CREATE SCHEMA "engine";
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"key_hash" text NOT NULL,
	"last_four" text NOT NULL,
	"roles" text[] NOT NULL,
	"region" text NOT NULL,
	"business_unit" text NOT NULL,
	"clearance" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "api_keys_roles_check" CHECK (cardinality("api_keys"."roles") > 0 and "api_keys"."roles" <@ array['conductor_admin', 'tenant_admin', 'workflow_author', 'workflow_reviewer', 'operator', 'read_only']::text[]),
	CONSTRAINT "api_keys_clearance_check" CHECK ("api_keys"."clearance" in ('public', 'internal', 'confidential', 'restricted'))
);
--> statement-breakpoint
CREATE TABLE "engine"."cron" (
	"function_id" text NOT NULL,
	"expression" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cron_function_id_expression_pk" PRIMARY KEY("function_id","expression")
);
--> statement-breakpoint
CREATE TABLE "engine"."runs" (
	"tenant_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"function_id" text NOT NULL,
	"trigger_key" text NOT NULL,
	"events" json NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT -1 NOT NULL,
	"force_plan" boolean DEFAULT false NOT NULL,
	"pending" text[] DEFAULT '{}' NOT NULL,
	"stack" text[] DEFAULT '{}' NOT NULL,
	"concurrency" json NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"parent" text,
	"result" json,
	"error" json,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "engine"."steps" (
	"tenant_id" text NOT NULL,
	"run_id" text NOT NULL,
	"op_id" text NOT NULL,
	"op" text NOT NULL,
	"name" text NOT NULL,
	"memo" json,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "steps_run_id_op_id_pk" PRIMARY KEY("run_id","op_id")
);
--> statement-breakpoint
CREATE TABLE "engine"."events" (
	"tenant_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"payload" json NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"routed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "engine"."jobs" (
	"tenant_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"kind" text NOT NULL,
	"step_id" text NOT NULL,
	"dedupe" text NOT NULL,
	"run_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"crashes" integer DEFAULT 0 NOT NULL,
	"lease_id" text,
	"lease_until" timestamp with time zone,
	"worker" text
);
--> statement-breakpoint
CREATE TABLE "engine"."waits" (
	"tenant_id" text NOT NULL,
	"run_id" text NOT NULL,
	"op_id" text NOT NULL,
	"kind" text NOT NULL,
	"match" text NOT NULL,
	"expression" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "waits_run_id_op_id_pk" PRIMARY KEY("run_id","op_id")
);
--> statement-breakpoint
CREATE TABLE "engine"."workers" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"user_id" text NOT NULL,
	"type" text NOT NULL,
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"refresh_token" text,
	"access_token" text,
	"expires_at" integer,
	"token_type" text,
	"scope" text,
	"id_token" text,
	"session_state" text,
	CONSTRAINT "accounts_provider_provider_account_id_pk" PRIMARY KEY("provider","provider_account_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text,
	"email" text NOT NULL,
	"email_verified_at" timestamp with time zone,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verification_tokens" (
	"identifier" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "verification_tokens_identifier_token_pk" PRIMARY KEY("identifier","token")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"email" text NOT NULL,
	"roles" text[] NOT NULL,
	"region" text NOT NULL,
	"business_unit" text NOT NULL,
	"clearance" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"invited_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	CONSTRAINT "invitations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "invitations_roles_check" CHECK (cardinality("invitations"."roles") > 0 and "invitations"."roles" <@ array['conductor_admin', 'tenant_admin', 'workflow_author', 'workflow_reviewer', 'operator', 'read_only']::text[]),
	CONSTRAINT "invitations_clearance_check" CHECK ("invitations"."clearance" in ('public', 'internal', 'confidential', 'restricted')),
	CONSTRAINT "invitations_status_check" CHECK ("invitations"."status" in ('pending', 'accepted', 'revoked'))
);
--> statement-breakpoint
CREATE TABLE "members" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"user_id" text NOT NULL,
	"roles" text[] NOT NULL,
	"region" text NOT NULL,
	"business_unit" text NOT NULL,
	"clearance" text NOT NULL,
	"roles_changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "members_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "members_roles_check" CHECK (cardinality("members"."roles") > 0 and "members"."roles" <@ array['conductor_admin', 'tenant_admin', 'workflow_author', 'workflow_reviewer', 'operator', 'read_only']::text[]),
	CONSTRAINT "members_clearance_check" CHECK ("members"."clearance" in ('public', 'internal', 'confidential', 'restricted'))
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"user_id" text NOT NULL,
	"title" text NOT NULL,
	"href" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "notifications_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"tat" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"body" json NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "decisions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"body" json NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "receipts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "signed_heads" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"receipt_seq" bigint NOT NULL,
	"receipt_hash" text NOT NULL,
	"decision_seq" bigint NOT NULL,
	"decision_hash" text NOT NULL,
	"key_id" text NOT NULL,
	"signature" text NOT NULL,
	CONSTRAINT "signed_heads_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "run_steps" (
	"tenant_id" text NOT NULL,
	"run_id" text NOT NULL,
	"step_id" text NOT NULL,
	"position" integer NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"attempt" integer NOT NULL,
	"input" json,
	"output" json,
	"failure" json,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "run_steps_tenant_id_run_id_step_id_pk" PRIMARY KEY("tenant_id","run_id","step_id"),
	CONSTRAINT "run_steps_status_check" CHECK ("run_steps"."status" in ('running', 'succeeded', 'failed', 'skipped'))
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"version_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"status" text NOT NULL,
	"environment" text NOT NULL,
	"region" text NOT NULL,
	"risk_profile" text NOT NULL,
	"business_unit" text NOT NULL,
	"data_sensitivity" text NOT NULL,
	"importance" text NOT NULL,
	"input" json NOT NULL,
	"output" json,
	"failure" json,
	"started_by" text NOT NULL,
	"idempotency_key" text,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "runs_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "runs_status_check" CHECK ("runs"."status" in ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'killed')),
	CONSTRAINT "runs_environment_check" CHECK ("runs"."environment" in ('dev', 'staging', 'prod')),
	CONSTRAINT "runs_risk_profile_check" CHECK ("runs"."risk_profile" in ('low', 'medium', 'high', 'critical')),
	CONSTRAINT "runs_data_sensitivity_check" CHECK ("runs"."data_sensitivity" in ('public', 'internal', 'confidential', 'restricted')),
	CONSTRAINT "runs_importance_check" CHECK ("runs"."importance" in ('normal', 'important'))
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"is_operator" boolean DEFAULT false NOT NULL,
	"governance_profile" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenants_governance_profile_check" CHECK ("tenants"."governance_profile" in ('conductor-governance-internal', 'conductor-governance-white-label', 'conductor-governance-saas'))
);
--> statement-breakpoint
CREATE TABLE "workflow_reviews" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"version_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"reviewer_id" text NOT NULL,
	"verdict" text NOT NULL,
	"comment" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "workflow_reviews_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "workflow_reviews_verdict_check" CHECK ("workflow_reviews"."verdict" in ('approved', 'changes_requested'))
);
--> statement-breakpoint
CREATE TABLE "workflow_versions" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"number" integer NOT NULL,
	"status" text NOT NULL,
	"definition" json NOT NULL,
	"content_hash" text NOT NULL,
	"environment" text NOT NULL,
	"region" text NOT NULL,
	"risk_profile" text NOT NULL,
	"business_unit" text NOT NULL,
	"data_sensitivity" text NOT NULL,
	"importance" text NOT NULL,
	"contributors" text[] NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"submitted_by" text,
	"submitted_at" timestamp with time zone,
	"published_by" text,
	"published_at" timestamp with time zone,
	"retired_at" timestamp with time zone,
	CONSTRAINT "workflow_versions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "workflow_versions_status_check" CHECK ("workflow_versions"."status" in ('draft', 'in_review', 'published', 'retired')),
	CONSTRAINT "workflow_versions_environment_check" CHECK ("workflow_versions"."environment" in ('dev', 'staging', 'prod')),
	CONSTRAINT "workflow_versions_risk_profile_check" CHECK ("workflow_versions"."risk_profile" in ('low', 'medium', 'high', 'critical')),
	CONSTRAINT "workflow_versions_data_sensitivity_check" CHECK ("workflow_versions"."data_sensitivity" in ('public', 'internal', 'confidential', 'restricted')),
	CONSTRAINT "workflow_versions_importance_check" CHECK ("workflow_versions"."importance" in ('normal', 'important'))
);
--> statement-breakpoint
CREATE TABLE "workflows" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"environment" text NOT NULL,
	"region" text NOT NULL,
	"risk_profile" text NOT NULL,
	"business_unit" text NOT NULL,
	"data_sensitivity" text NOT NULL,
	"importance" text NOT NULL,
	"published_version_id" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workflows_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "workflows_environment_check" CHECK ("workflows"."environment" in ('dev', 'staging', 'prod')),
	CONSTRAINT "workflows_risk_profile_check" CHECK ("workflows"."risk_profile" in ('low', 'medium', 'high', 'critical')),
	CONSTRAINT "workflows_data_sensitivity_check" CHECK ("workflows"."data_sensitivity" in ('public', 'internal', 'confidential', 'restricted')),
	CONSTRAINT "workflows_importance_check" CHECK ("workflows"."importance" in ('normal', 'important'))
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engine"."steps" ADD CONSTRAINT "steps_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "engine"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engine"."jobs" ADD CONSTRAINT "jobs_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "engine"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engine"."waits" ADD CONSTRAINT "waits_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "engine"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signed_heads" ADD CONSTRAINT "signed_heads_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_steps" ADD CONSTRAINT "run_steps_tenant_id_run_id_runs_tenant_id_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_tenant_id_version_id_workflow_versions_tenant_id_id_fk" FOREIGN KEY ("tenant_id","version_id") REFERENCES "public"."workflow_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_reviews" ADD CONSTRAINT "workflow_reviews_tenant_id_version_id_workflow_versions_tenant_id_id_fk" FOREIGN KEY ("tenant_id","version_id") REFERENCES "public"."workflow_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_versions" ADD CONSTRAINT "workflow_versions_tenant_id_workflow_id_workflows_tenant_id_id_fk" FOREIGN KEY ("tenant_id","workflow_id") REFERENCES "public"."workflows"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "engine_runs_trigger_key" ON "engine"."runs" USING btree ("function_id","trigger_key");--> statement-breakpoint
CREATE INDEX "engine_runs_open_idx" ON "engine"."runs" USING btree ("function_id") WHERE status in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "events_unrouted_idx" ON "engine"."events" USING btree ("received_at","id") WHERE routed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_dedupe_key" ON "engine"."jobs" USING btree ("run_id","dedupe");--> statement-breakpoint
CREATE INDEX "jobs_due_idx" ON "engine"."jobs" USING btree ("run_at");--> statement-breakpoint
CREATE INDEX "waits_match_idx" ON "engine"."waits" USING btree ("kind","match");--> statement-breakpoint
CREATE INDEX "accounts_user_idx" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_id_key" ON "sessions" USING btree ("id");--> statement-breakpoint
CREATE INDEX "sessions_user_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_pending_key" ON "invitations" USING btree ("tenant_id","email") WHERE status = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_id_key" ON "invitations" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "members_tenant_user_key" ON "members" USING btree ("tenant_id","user_id");--> statement-breakpoint
CREATE INDEX "members_user_idx" ON "members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "notifications_user_idx" ON "notifications" USING btree ("tenant_id","user_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_seq_key" ON "decisions" USING btree ("tenant_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_seq_key" ON "receipts" USING btree ("tenant_id","seq");--> statement-breakpoint
CREATE INDEX "receipts_subject_idx" ON "receipts" USING btree ("tenant_id","subject","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "signed_heads_seq_key" ON "signed_heads" USING btree ("tenant_id","receipt_seq","decision_seq");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_idempotency_key" ON "runs" USING btree ("tenant_id","workflow_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "runs_created_idx" ON "runs" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_workflow_idx" ON "runs" USING btree ("tenant_id","workflow_id","created_at");--> statement-breakpoint
CREATE INDEX "runs_open_idx" ON "runs" USING btree ("tenant_id","status") WHERE status in ('queued', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "tenants_slug_key" ON "tenants" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "workflow_reviews_version_idx" ON "workflow_reviews" USING btree ("tenant_id","version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "workflow_versions_number_key" ON "workflow_versions" USING btree ("tenant_id","workflow_id","number");--> statement-breakpoint
CREATE INDEX "workflow_versions_status_idx" ON "workflow_versions" USING btree ("tenant_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "workflows_slug_key" ON "workflows" USING btree ("tenant_id","slug");--> statement-breakpoint
CREATE INDEX "workflows_updated_idx" ON "workflows" USING btree ("tenant_id","updated_at");
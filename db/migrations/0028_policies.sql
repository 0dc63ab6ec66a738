CREATE TABLE "break_glass_grants" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"status" text NOT NULL,
	"user_id" text NOT NULL,
	"reason" text NOT NULL,
	"reference" text NOT NULL,
	"minutes" integer NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"opened_by" text,
	"opened_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"ended_by" text,
	"ended_at" timestamp with time zone,
	"reviewed_by" text,
	"reviewed_at" timestamp with time zone,
	"comment" text,
	CONSTRAINT "break_glass_grants_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "break_glass_grants_status_check" CHECK ("break_glass_grants"."status" in ('asked', 'open', 'ended', 'reviewed', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "policy_changes" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"profile" text NOT NULL,
	"tightening" json NOT NULL,
	"reason" text NOT NULL,
	"from_revision" text NOT NULL,
	"to_revision" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"comment" text,
	CONSTRAINT "policy_changes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "policy_changes_status_check" CHECK ("policy_changes"."status" in ('pending', 'approved', 'rejected', 'withdrawn')),
	CONSTRAINT "policy_changes_profile_check" CHECK ("policy_changes"."profile" in ('conductor-governance-internal', 'conductor-governance-white-label', 'conductor-governance-saas'))
);
--> statement-breakpoint
CREATE TABLE "policy_snapshots" (
	"tenant_id" text NOT NULL,
	"revision" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"policy" json NOT NULL,
	CONSTRAINT "policy_snapshots_tenant_id_revision_pk" PRIMARY KEY("tenant_id","revision")
);
--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "break_glass_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "tightening" json DEFAULT '{}'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "pending_policy" json;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "follows_default" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "break_glass_grants" ADD CONSTRAINT "break_glass_grants_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_changes" ADD CONSTRAINT "policy_changes_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_snapshots" ADD CONSTRAINT "policy_snapshots_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "break_glass_grants_one_key" ON "break_glass_grants" USING btree ("tenant_id","user_id") WHERE status in ('asked', 'open');--> statement-breakpoint
CREATE INDEX "break_glass_grants_list_idx" ON "break_glass_grants" USING btree ("tenant_id","asked_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "policy_changes_pending_key" ON "policy_changes" USING btree ("tenant_id") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "policy_changes_list_idx" ON "policy_changes" USING btree ("tenant_id","proposed_at","id");
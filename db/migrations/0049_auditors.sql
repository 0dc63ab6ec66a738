CREATE TABLE "auditor_grants" (
	"tenant_id" text NOT NULL,
	"member_id" text NOT NULL,
	"user_id" text NOT NULL,
	"engagement" text NOT NULL,
	"granted_by" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "auditor_grants_tenant_id_member_id_pk" PRIMARY KEY("tenant_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "auditor_views" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"member_id" text NOT NULL,
	"user_id" text NOT NULL,
	"action" text NOT NULL,
	"procedure" text NOT NULL,
	"subject" text NOT NULL,
	"asked" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"request_id" text NOT NULL,
	CONSTRAINT "auditor_views_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "auditor_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "engagement" text;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "auditor_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "auditor_grants" ADD CONSTRAINT "auditor_grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auditor_grants" ADD CONSTRAINT "auditor_grants_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auditor_views" ADD CONSTRAINT "auditor_views_grant_fk" FOREIGN KEY ("tenant_id","member_id") REFERENCES "public"."auditor_grants"("tenant_id","member_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "auditor_views_once_key" ON "auditor_views" USING btree ("tenant_id","member_id","procedure","subject","asked","minute");--> statement-breakpoint
CREATE INDEX "members_auditor_idx" ON "members" USING btree ("auditor_until") WHERE auditor_until is not null;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_auditor_check" CHECK ("invitations"."auditor_until" is null or "invitations"."roles" = array['read_only']::text[]);--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_engagement_check" CHECK (("invitations"."auditor_until" is null) = ("invitations"."engagement" is null));--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_auditor_check" CHECK ("members"."auditor_until" is null or "members"."roles" = array['read_only']::text[]);
CREATE TABLE "entitlement_overrides" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"plan" text,
	"add_ons" text[] NOT NULL,
	"more_seats" integer NOT NULL,
	"catalogue_version" integer NOT NULL,
	"reason" text NOT NULL,
	"granted_by" text NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "entitlement_overrides_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
-- What was granted without an end becomes an override of a year; nothing was ever bought, so the other table begins empty. The
-- wall would hide other tenants' rows from whoever migrates; it is put back with the rest of the walls.
ALTER TABLE "entitlements" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "entitlement_overrides" (tenant_id, id, add_ons, more_seats, catalogue_version, reason, granted_by, granted_at, expires_at)
SELECT tenant_id, 'ovr_' || md5(tenant_id), add_ons, 0, 1, 'Granted before overrides had an end.', 'system', updated_at,
  now() + interval '1 year'
FROM "entitlements" WHERE source = 'manual' AND cardinality(add_ons) > 0;--> statement-breakpoint
DELETE FROM "entitlements";--> statement-breakpoint
ALTER TABLE "entitlements" DROP CONSTRAINT "entitlements_source_check";--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "customer_id" text NOT NULL;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "plan" text;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "seats" integer;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "status" text NOT NULL;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "status_since" timestamp with time zone NOT NULL;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "grace_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "period_end" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "cancel_at_period_end" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "limits" json NOT NULL;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "catalogue_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "previous" json;--> statement-breakpoint
ALTER TABLE "entitlement_overrides" ADD CONSTRAINT "entitlement_overrides_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "entitlement_overrides_open_key" ON "entitlement_overrides" USING btree ("tenant_id") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "entitlements_customer_key" ON "entitlements" USING btree ("source","customer_id");--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_source_check" CHECK ("entitlements"."source" in ('stripe'));
CREATE TABLE "billing_changes" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"customer_id" text NOT NULL,
	"subscription_id" text NOT NULL,
	"plan" text NOT NULL,
	"add_ons" text[] NOT NULL,
	"more_seats" integer NOT NULL,
	"proration_date" bigint NOT NULL,
	"status" text NOT NULL,
	"url" text,
	"due_at" timestamp with time zone,
	"ordered_by" text NOT NULL,
	"ordered_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "billing_changes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "billing_changes_status_check" CHECK ("billing_changes"."status" in ('ordered', 'waiting', 'scheduled', 'applied', 'lapsed', 'undone'))
);
--> statement-breakpoint
CREATE TABLE "billing_notices" (
	"tenant_id" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"noticed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "billing_notices_tenant_id_key_pk" PRIMARY KEY("tenant_id","key"),
	CONSTRAINT "billing_notices_kind_check" CHECK ("billing_notices"."kind" in ('payment-failed', 'action-required', 'card-expiring', 'recovered', 'trial-ending', 'ended'))
);
--> statement-breakpoint
CREATE TABLE "entitlement_trials" (
	"tenant_id" text NOT NULL,
	"plan" text NOT NULL,
	"catalogue_version" integer NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "entitlement_trials_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
ALTER TABLE "billing_changes" ADD CONSTRAINT "billing_changes_tenant_id_customer_id_billing_customers_tenant_id_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."billing_customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_notices" ADD CONSTRAINT "billing_notices_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlement_trials" ADD CONSTRAINT "entitlement_trials_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "billing_changes_open_key" ON "billing_changes" USING btree ("tenant_id") WHERE settled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "entitlement_trials_person_key" ON "entitlement_trials" USING btree ("started_by");--> statement-breakpoint
CREATE INDEX "entitlement_trials_ends_index" ON "entitlement_trials" USING btree ("ends_at");
CREATE TABLE "billing_checkouts" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"customer_id" text NOT NULL,
	"plan" text NOT NULL,
	"add_ons" text[] NOT NULL,
	"more_seats" integer NOT NULL,
	"is_trial" boolean NOT NULL,
	"status" text NOT NULL,
	"session_id" text,
	"url" text,
	"began_by" text NOT NULL,
	"began_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "billing_checkouts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "billing_checkouts_status_check" CHECK ("billing_checkouts"."status" in ('open', 'complete', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "billing_customers" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"lease_token" text,
	"lease_until" timestamp with time zone,
	"synced_at" timestamp with time zone,
	"findings" json NOT NULL,
	CONSTRAINT "billing_customers_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "billing_events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"customer_id" text,
	"api_version" text,
	"happened_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"note" text,
	"settled_at" timestamp with time zone,
	CONSTRAINT "billing_events_status_check" CHECK ("billing_events"."status" in ('waiting', 'done', 'ignored', 'quarantined', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "usage_reports" (
	"tenant_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"customer_id" text NOT NULL,
	"weight_milli" bigint NOT NULL,
	"units" bigint NOT NULL,
	"identifier" text NOT NULL,
	"status" text NOT NULL,
	"note" text,
	"sent_at" timestamp with time zone,
	CONSTRAINT "usage_reports_tenant_id_hour_pk" PRIMARY KEY("tenant_id","hour"),
	CONSTRAINT "usage_reports_status_check" CHECK ("usage_reports"."status" in ('waiting', 'sent', 'late', 'refused'))
);
--> statement-breakpoint
ALTER TABLE "billing_checkouts" ADD CONSTRAINT "billing_checkouts_tenant_id_customer_id_billing_customers_tenant_id_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."billing_customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_customers" ADD CONSTRAINT "billing_customers_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_reports" ADD CONSTRAINT "usage_reports_tenant_id_customer_id_billing_customers_tenant_id_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."billing_customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "billing_checkouts_open_key" ON "billing_checkouts" USING btree ("tenant_id") WHERE status = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "billing_checkouts_session_key" ON "billing_checkouts" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "billing_customers_id_key" ON "billing_customers" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "billing_customers_living_key" ON "billing_customers" USING btree ("tenant_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "billing_events_waiting_index" ON "billing_events" USING btree ("customer_id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "billing_events_received_index" ON "billing_events" USING btree ("received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "usage_reports_identifier_key" ON "usage_reports" USING btree ("identifier");
CREATE TABLE "billing_looks" (
	"id" text PRIMARY KEY NOT NULL,
	"looked_at" timestamp with time zone NOT NULL,
	"found" json NOT NULL,
	"open" json NOT NULL,
	CONSTRAINT "billing_looks_id_check" CHECK ("billing_looks"."id" in ('events', 'customers', 'usage'))
);
--> statement-breakpoint
ALTER TABLE "usage_reports" DROP CONSTRAINT "usage_reports_status_check";--> statement-breakpoint
ALTER TABLE "billing_customers" ADD COLUMN "usage_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "billing_events" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "usage_reports" ADD COLUMN "until" timestamp with time zone NOT NULL;--> statement-breakpoint
ALTER TABLE "usage_reports" ADD COLUMN "tried_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "usage_reports_open_index" ON "usage_reports" USING btree ("tenant_id") WHERE status in ('waiting', 'held');--> statement-breakpoint
ALTER TABLE "usage_reports" ADD CONSTRAINT "usage_reports_status_check" CHECK ("usage_reports"."status" in ('waiting', 'sent', 'late', 'refused', 'held', 'cancelled'));
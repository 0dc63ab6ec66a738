CREATE TABLE "evidence_items" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"title" text NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"digest" text NOT NULL,
	"collected_at" timestamp with time zone NOT NULL,
	"covers_from" timestamp with time zone,
	"covers_to" timestamp with time zone,
	"facts" json NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "evidence_items_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "evidence_items_kind_check" CHECK ("evidence_items"."kind" in ('policy-snapshot', 'policy-bundle', 'simulation-report', 'sbom', 'provenance', 'test-results', 'slo-capture', 'incident-report', 'drill-report', 'access-review', 'change-sample', 'backup-drill', 'receipt-range', 'drift-report', 'control-probes', 'audit-report'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "evidence_items_source_key" ON "evidence_items" USING btree ("tenant_id","kind","subject","source");--> statement-breakpoint
CREATE INDEX "evidence_items_collected_idx" ON "evidence_items" USING btree ("tenant_id","collected_at","id");--> statement-breakpoint
CREATE INDEX "evidence_items_kind_idx" ON "evidence_items" USING btree ("tenant_id","kind","collected_at","id");
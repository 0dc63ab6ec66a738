CREATE TABLE "control_collections" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"done" integer NOT NULL,
	"total" integer NOT NULL,
	"ended_at" timestamp with time zone,
	"catalogue" text NOT NULL,
	CONSTRAINT "control_collections_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "control_collections_done_check" CHECK ("control_collections"."done" between 0 and "control_collections"."total")
);
--> statement-breakpoint
CREATE TABLE "control_exceptions" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"control" text NOT NULL,
	"reason" text NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "control_exceptions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "control_exceptions_expiry_check" CHECK ("control_exceptions"."expires_at" > "control_exceptions"."recorded_at")
);
--> statement-breakpoint
CREATE TABLE "control_facts" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"collection_id" text NOT NULL,
	"control" text NOT NULL,
	"probe" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"facts" json NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "control_facts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "control_facts_outcome_check" CHECK ("control_facts"."outcome" in ('pass', 'fail', 'unknown')),
	CONSTRAINT "control_facts_probe_check" CHECK ("control_facts"."probe" in ('tenant-walls', 'access-reviewed', 'grants-end', 'api-keys-bounded', 'secrets-sealed', 'secrets-young', 'sessions-bounded', 'roles-apart', 'published-reviewed', 'published-unchanged', 'policy-second-person', 'approved-by-another', 'policy-as-approved', 'drift-clean', 'receipts-chained', 'heads-fresh', 'record-append-only', 'slos-counted', 'clocks-agree', 'incidents-taken-on', 'drill-recent', 'incidents-closed', 'kill-switch-works', 'break-glass-reviewed', 'remediations-in-time'))
);
--> statement-breakpoint
ALTER TABLE "control_collections" ADD CONSTRAINT "control_collections_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control_exceptions" ADD CONSTRAINT "control_exceptions_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control_facts" ADD CONSTRAINT "control_facts_collection_fk" FOREIGN KEY ("tenant_id","collection_id") REFERENCES "public"."control_collections"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "control_collections_open_key" ON "control_collections" USING btree ("tenant_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "control_collections_asked_idx" ON "control_collections" USING btree ("tenant_id","asked_at");--> statement-breakpoint
CREATE INDEX "control_exceptions_control_idx" ON "control_exceptions" USING btree ("tenant_id","control","expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "control_facts_once_key" ON "control_facts" USING btree ("tenant_id","collection_id","control","probe");--> statement-breakpoint
CREATE INDEX "control_facts_newest_idx" ON "control_facts" USING btree ("tenant_id","control","probe","observed_at");
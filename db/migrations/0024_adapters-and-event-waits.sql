CREATE TABLE "adapter_secrets" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"sealed_value" text NOT NULL,
	"wrapped_key" text NOT NULL,
	"key_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	CONSTRAINT "adapter_secrets_tenant_id_id_version_pk" PRIMARY KEY("tenant_id","id","version")
);
--> statement-breakpoint
CREATE TABLE "adapters" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"address" text NOT NULL,
	"input" json NOT NULL,
	"timeout_seconds" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "adapters_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "adapters_timeout_check" CHECK ("adapters"."timeout_seconds" between 1 and 30)
);
--> statement-breakpoint
CREATE TABLE "entitlements" (
	"tenant_id" text NOT NULL,
	"version" integer NOT NULL,
	"source" text NOT NULL,
	"add_ons" text[] NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "entitlements_tenant_id_pk" PRIMARY KEY("tenant_id"),
	CONSTRAINT "entitlements_source_check" CHECK ("entitlements"."source" in ('manual'))
);
--> statement-breakpoint
CREATE TABLE "event_waits" (
	"tenant_id" text NOT NULL,
	"run_id" text NOT NULL,
	"task_id" text NOT NULL,
	"event_name" text NOT NULL,
	"match_key" text NOT NULL,
	"matches" json NOT NULL,
	"condition" text,
	"after_place" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_waits_tenant_id_run_id_task_id_pk" PRIMARY KEY("tenant_id","run_id","task_id")
);
--> statement-breakpoint
ALTER TABLE "sent_events" ADD COLUMN "place" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "sent_events_place_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "sent_events" ADD COLUMN "is_undelivered" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "adapter_secrets" ADD CONSTRAINT "adapter_secrets_tenant_id_id_adapters_tenant_id_id_fk" FOREIGN KEY ("tenant_id","id") REFERENCES "public"."adapters"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adapters" ADD CONSTRAINT "adapters_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_waits" ADD CONSTRAINT "event_waits_tenant_id_run_id_runs_tenant_id_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "adapter_secrets_key_idx" ON "adapter_secrets" USING btree ("tenant_id","key_id");--> statement-breakpoint
CREATE UNIQUE INDEX "adapters_slug_key" ON "adapters" USING btree ("tenant_id","slug");--> statement-breakpoint
CREATE INDEX "event_waits_lookup_idx" ON "event_waits" USING btree ("tenant_id","event_name","match_key","run_id","task_id");--> statement-breakpoint
CREATE INDEX "sent_events_place_idx" ON "sent_events" USING btree ("tenant_id","place");--> statement-breakpoint
CREATE INDEX "sent_events_undelivered_idx" ON "sent_events" USING btree ("tenant_id","name","place") WHERE is_undelivered;
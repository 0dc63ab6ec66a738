CREATE TABLE "slo_alerts" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"slo_id" text NOT NULL,
	"rule_id" text NOT NULL,
	"severity" text NOT NULL,
	"reason" text NOT NULL,
	"figures" json NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"incident_id" text,
	CONSTRAINT "slo_alerts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "slo_alerts_severity_check" CHECK ("slo_alerts"."severity" in ('page', 'ticket'))
);
--> statement-breakpoint
CREATE TABLE "slo_events" (
	"tenant_id" text NOT NULL,
	"slo_id" text NOT NULL,
	"event_id" text NOT NULL,
	"generation" integer NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"good" integer NOT NULL,
	"total" integer NOT NULL,
	CONSTRAINT "slo_events_tenant_id_slo_id_event_id_pk" PRIMARY KEY("tenant_id","slo_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "slo_hours" (
	"tenant_id" text NOT NULL,
	"slo_id" text NOT NULL,
	"generation" integer NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"good" bigint NOT NULL,
	"total" bigint NOT NULL,
	CONSTRAINT "slo_hours_tenant_id_slo_id_generation_hour_pk" PRIMARY KEY("tenant_id","slo_id","generation","hour")
);
--> statement-breakpoint
CREATE TABLE "slo_marks" (
	"tenant_id" text NOT NULL,
	"slo_id" text NOT NULL,
	"watermark" timestamp with time zone NOT NULL,
	"counted_since" timestamp with time zone NOT NULL,
	CONSTRAINT "slo_marks_tenant_id_slo_id_pk" PRIMARY KEY("tenant_id","slo_id")
);
--> statement-breakpoint
CREATE TABLE "slo_minutes" (
	"tenant_id" text NOT NULL,
	"slo_id" text NOT NULL,
	"generation" integer NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"good" bigint NOT NULL,
	"total" bigint NOT NULL,
	CONSTRAINT "slo_minutes_tenant_id_slo_id_generation_minute_pk" PRIMARY KEY("tenant_id","slo_id","generation","minute")
);
--> statement-breakpoint
CREATE TABLE "slo_passes" (
	"minute" timestamp with time zone PRIMARY KEY NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"took_ms" integer NOT NULL,
	"slos" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slo_windows" (
	"tenant_id" text NOT NULL,
	"slo_id" text NOT NULL,
	"name" text NOT NULL,
	"generation" integer NOT NULL,
	"minutes" integer,
	"time_zone" text,
	"slice_good_ppm" integer,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"good" bigint NOT NULL,
	"total" bigint NOT NULL,
	"is_stale" boolean DEFAULT false NOT NULL,
	CONSTRAINT "slo_windows_tenant_id_slo_id_name_pk" PRIMARY KEY("tenant_id","slo_id","name")
);
--> statement-breakpoint
CREATE TABLE "slos" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"sli" text NOT NULL,
	"spec" json NOT NULL,
	"sheet" text NOT NULL,
	"is_own" boolean DEFAULT false NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text,
	CONSTRAINT "slos_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "slos_sli_check" CHECK ("slos"."sli" in ('workflow-success', 'workflow-latency', 'policy-decision-latency', 'incident-path-latency', 'compliance-path-latency'))
);
--> statement-breakpoint
ALTER TABLE "slo_alerts" ADD CONSTRAINT "slo_alerts_tenant_id_slo_id_slos_tenant_id_id_fk" FOREIGN KEY ("tenant_id","slo_id") REFERENCES "public"."slos"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slo_marks" ADD CONSTRAINT "slo_marks_tenant_id_slo_id_slos_tenant_id_id_fk" FOREIGN KEY ("tenant_id","slo_id") REFERENCES "public"."slos"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slo_windows" ADD CONSTRAINT "slo_windows_tenant_id_slo_id_slos_tenant_id_id_fk" FOREIGN KEY ("tenant_id","slo_id") REFERENCES "public"."slos"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slos" ADD CONSTRAINT "slos_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "slo_alerts_open_key" ON "slo_alerts" USING btree ("tenant_id","slo_id","rule_id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "slo_alerts_opened_idx" ON "slo_alerts" USING btree ("tenant_id","opened_at");--> statement-breakpoint
CREATE INDEX "slo_events_minute_idx" ON "slo_events" USING btree ("tenant_id","minute");--> statement-breakpoint
CREATE UNIQUE INDEX "slos_sli_key" ON "slos" USING btree ("tenant_id","sli");--> statement-breakpoint
-- Moved each minute and never by an indexed column: room in the page keeps a move in its page.
ALTER TABLE "slo_windows" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "slo_marks" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "slo_minutes" SET (fillfactor = 80);

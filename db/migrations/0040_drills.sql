CREATE TABLE "drills" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"incident_id" text NOT NULL,
	"grade" text NOT NULL,
	"record" json NOT NULL,
	"report_digest" text NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	CONSTRAINT "drills_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "drills_grade_check" CHECK ("drills"."grade" in ('passed', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "mitigations" ADD COLUMN "would_hold" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "drills" ADD CONSTRAINT "drills_tenant_id_incident_id_incidents_tenant_id_id_fk" FOREIGN KEY ("tenant_id","incident_id") REFERENCES "public"."incidents"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drills_started_idx" ON "drills" USING btree ("tenant_id","started_at","id");
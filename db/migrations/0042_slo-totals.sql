CREATE TABLE "slo_totals" (
	"tenant_id" text NOT NULL,
	"slo_id" text NOT NULL,
	"good" bigint NOT NULL,
	"total" bigint NOT NULL,
	CONSTRAINT "slo_totals_tenant_id_slo_id_pk" PRIMARY KEY("tenant_id","slo_id")
);
--> statement-breakpoint
ALTER TABLE "mitigations" ADD COLUMN "sli" text;--> statement-breakpoint
ALTER TABLE "slo_passes" ADD COLUMN "different" integer;--> statement-breakpoint
ALTER TABLE "slo_totals" ADD CONSTRAINT "slo_totals_tenant_id_slo_id_slos_tenant_id_id_fk" FOREIGN KEY ("tenant_id","slo_id") REFERENCES "public"."slos"("tenant_id","id") ON DELETE no action ON UPDATE no action;
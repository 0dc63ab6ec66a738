CREATE TABLE "usage_ledger" (
	"tenant_id" text NOT NULL,
	"run_id" text NOT NULL,
	"step_id" text NOT NULL,
	"task_type" text NOT NULL,
	"weight_milli" integer NOT NULL,
	"bytes" bigint NOT NULL,
	"duration_band" text NOT NULL,
	"external_calls" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "usage_ledger_tenant_id_run_id_step_id_pk" PRIMARY KEY("tenant_id","run_id","step_id"),
	CONSTRAINT "usage_ledger_band_check" CHECK ("usage_ledger"."duration_band" in ('under-1s', 'under-10s', 'under-60s', '60s-or-more'))
);
--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "failed_attempts" json DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "usage_ledger" ADD CONSTRAINT "usage_ledger_tenant_id_run_id_runs_tenant_id_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "usage_ledger_at_idx" ON "usage_ledger" USING btree ("tenant_id","at");
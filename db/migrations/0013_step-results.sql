CREATE TABLE "step_results" (
	"tenant_id" text NOT NULL,
	"run_id" text NOT NULL,
	"task_id" text NOT NULL,
	"result" json NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "step_results_tenant_id_run_id_task_id_pk" PRIMARY KEY("tenant_id","run_id","task_id")
);
--> statement-breakpoint
ALTER TABLE "step_results" ADD CONSTRAINT "step_results_tenant_id_run_id_runs_tenant_id_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;
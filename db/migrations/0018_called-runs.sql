ALTER TABLE "runs" ADD COLUMN "parent_run_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "parent_task_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "depth" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "has_called" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_tenant_id_parent_run_id_runs_tenant_id_id_fk" FOREIGN KEY ("tenant_id","parent_run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "runs_parent_key" ON "runs" USING btree ("tenant_id","parent_run_id","parent_task_id") WHERE parent_run_id is not null;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_parent_check" CHECK ((parent_run_id is null) = (parent_task_id is null));
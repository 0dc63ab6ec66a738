DROP INDEX "runs_created_idx";--> statement-breakpoint
DROP INDEX "runs_workflow_idx";--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "reused_from" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "rerun_of" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "begins_with" text;--> statement-breakpoint
ALTER TABLE "run_steps" ADD CONSTRAINT "run_steps_tenant_id_reused_from_runs_tenant_id_id_fk" FOREIGN KEY ("tenant_id","reused_from") REFERENCES "public"."runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_tenant_id_rerun_of_runs_tenant_id_id_fk" FOREIGN KEY ("tenant_id","rerun_of") REFERENCES "public"."runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_list_created_idx" ON "runs" USING btree ("tenant_id","data_sensitivity","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_list_workflow_idx" ON "runs" USING btree ("tenant_id","data_sensitivity","workflow_id","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_list_workflow_status_idx" ON "runs" USING btree ("tenant_id","data_sensitivity","workflow_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_list_status_idx" ON "runs" USING btree ("tenant_id","data_sensitivity","status","environment","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_list_environment_idx" ON "runs" USING btree ("tenant_id","data_sensitivity","environment","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_list_risk_idx" ON "runs" USING btree ("tenant_id","data_sensitivity","risk_profile","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_list_region_idx" ON "runs" USING btree ("tenant_id","data_sensitivity","region","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_list_business_unit_idx" ON "runs" USING btree ("tenant_id","data_sensitivity","business_unit","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_list_started_by_idx" ON "runs" USING btree ("tenant_id","data_sensitivity","started_by","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_rerun_idx" ON "runs" USING btree ("tenant_id","rerun_of") WHERE rerun_of is not null;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_rerun_check" CHECK ((rerun_of is null) = (begins_with is null));
CREATE TABLE "deployment_kills" (
	"id" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"lifted_by" text,
	"lifted_at" timestamp with time zone,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"scope" text NOT NULL,
	"workflow_id" text,
	"reason" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"lifted_by" text,
	"lifted_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	CONSTRAINT "holds_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "holds_kind_check" CHECK ("holds"."kind" in ('kill', 'pause')),
	CONSTRAINT "holds_scope_check" CHECK ("holds"."scope" in ('workflow', 'tenant')),
	CONSTRAINT "holds_workflow_check" CHECK ((scope = 'workflow') = (workflow_id is not null))
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_tenant_id_workflow_id_workflows_tenant_id_id_fk" FOREIGN KEY ("tenant_id","workflow_id") REFERENCES "public"."workflows"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "deployment_kills_key" ON "deployment_kills" USING btree ((lifted_at is null)) WHERE lifted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "holds_tenant_key" ON "holds" USING btree ("tenant_id","kind") WHERE scope = 'tenant' and lifted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "holds_workflow_key" ON "holds" USING btree ("tenant_id","kind","workflow_id") WHERE scope = 'workflow' and lifted_at is null;--> statement-breakpoint
CREATE INDEX "holds_unsettled_idx" ON "holds" USING btree ("set_at") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "runs_paused_idx" ON "runs" USING btree ("tenant_id","workflow_id","created_at","id") WHERE status = 'queued' and paused_at is not null;
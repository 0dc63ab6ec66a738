CREATE TABLE "bundles" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"tag" text NOT NULL,
	"is_dry_run" boolean NOT NULL,
	"period_from" timestamp with time zone NOT NULL,
	"period_to" timestamp with time zone NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"files" integer DEFAULT 0 NOT NULL,
	"digest" text,
	"bytes" bigint,
	"completeness" text,
	"missing" json NOT NULL,
	"fault" text,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "bundles_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "bundles_tag_check" CHECK ("bundles"."tag" in ('Conductor Compliance', 'Conductor_Internal_Audit')),
	CONSTRAINT "bundles_status_check" CHECK ("bundles"."status" in ('requested', 'building', 'ready', 'failed')),
	CONSTRAINT "bundles_ready_check" CHECK ((status = 'ready') = (digest is not null and bytes is not null)),
	CONSTRAINT "bundles_failed_check" CHECK ((status = 'failed') = (fault is not null))
);
--> statement-breakpoint
ALTER TABLE "bundles" ADD CONSTRAINT "bundles_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bundles_list_idx" ON "bundles" USING btree ("tenant_id","requested_at","id");
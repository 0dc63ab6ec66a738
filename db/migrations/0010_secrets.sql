CREATE TABLE "secrets" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"environment" text NOT NULL,
	"allowed_hosts" text[] NOT NULL,
	"sealed_value" text NOT NULL,
	"wrapped_key" text NOT NULL,
	"key_id" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "secrets_tenant_id_id_version_pk" PRIMARY KEY("tenant_id","id","version"),
	CONSTRAINT "secrets_environment_check" CHECK ("secrets"."environment" in ('dev', 'staging', 'prod')),
	CONSTRAINT "secrets_allowed_hosts_check" CHECK (cardinality("secrets"."allowed_hosts") > 0),
	CONSTRAINT "secrets_version_check" CHECK ("secrets"."version" > 0)
);
--> statement-breakpoint
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "secrets_name_key" ON "secrets" USING btree ("tenant_id","environment","name") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "secrets_key_idx" ON "secrets" USING btree ("tenant_id","key_id");
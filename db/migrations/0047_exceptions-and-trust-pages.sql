CREATE TABLE "control_exception_ends" (
	"tenant_id" text NOT NULL,
	"exception_id" text NOT NULL,
	"ended_by" text NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	CONSTRAINT "control_exception_ends_tenant_id_exception_id_pk" PRIMARY KEY("tenant_id","exception_id")
);
--> statement-breakpoint
CREATE TABLE "trust_pages" (
	"tenant_id" text NOT NULL,
	"is_on" boolean NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "trust_pages_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
ALTER TABLE "control_exception_ends" ADD CONSTRAINT "control_exception_ends_exception_fk" FOREIGN KEY ("tenant_id","exception_id") REFERENCES "public"."control_exceptions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trust_pages" ADD CONSTRAINT "trust_pages_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;
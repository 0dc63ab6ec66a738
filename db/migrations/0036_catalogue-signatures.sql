CREATE TABLE "catalogue_signatures" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"content_hash" text NOT NULL,
	"title" text NOT NULL,
	"signed_by" text NOT NULL,
	"signed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "catalogue_signatures_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "catalogue_signatures_title_check" CHECK ("catalogue_signatures"."title" in ('founder', 'go-to-market'))
);
--> statement-breakpoint
ALTER TABLE "catalogue_signatures" ADD CONSTRAINT "catalogue_signatures_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "catalogue_signatures_title_key" ON "catalogue_signatures" USING btree ("tenant_id","version","content_hash","title");--> statement-breakpoint
CREATE UNIQUE INDEX "catalogue_signatures_person_key" ON "catalogue_signatures" USING btree ("tenant_id","version","content_hash","signed_by");
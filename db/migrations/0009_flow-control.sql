CREATE TABLE "engine"."collected" (
	"tenant_id" text NOT NULL,
	"collection_id" text NOT NULL,
	"place" integer NOT NULL,
	"event" json NOT NULL,
	CONSTRAINT "collected_collection_id_place_pk" PRIMARY KEY("collection_id","place")
);
--> statement-breakpoint
CREATE TABLE "engine"."collections" (
	"tenant_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"function_id" text NOT NULL,
	"control" text NOT NULL,
	"key" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"size" integer NOT NULL,
	"bytes" integer NOT NULL,
	CONSTRAINT "collections_control_check" CHECK ("engine"."collections"."control" in ('debounce', 'batch'))
);
--> statement-breakpoint
CREATE TABLE "engine"."flow" (
	"tenant_id" text NOT NULL,
	"function_id" text NOT NULL,
	"control" text NOT NULL,
	"key" text NOT NULL,
	"whole_at" timestamp with time zone NOT NULL,
	CONSTRAINT "flow_function_id_tenant_id_control_key_pk" PRIMARY KEY("function_id","tenant_id","control","key"),
	CONSTRAINT "flow_control_check" CHECK ("engine"."flow"."control" in ('idempotency', 'rate_limit', 'throttle_line', 'throttle'))
);
--> statement-breakpoint
ALTER TABLE "engine"."runs" ADD COLUMN "priority" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "engine"."runs" ADD COLUMN "throttle" text;--> statement-breakpoint
ALTER TABLE "engine"."runs" ADD COLUMN "singleton" text;--> statement-breakpoint
ALTER TABLE "engine"."collected" ADD CONSTRAINT "collected_collection_id_collections_id_fk" FOREIGN KEY ("collection_id") REFERENCES "engine"."collections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "collections_open_key" ON "engine"."collections" USING btree ("function_id","tenant_id","key");--> statement-breakpoint
CREATE INDEX "collections_due_idx" ON "engine"."collections" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "flow_whole_idx" ON "engine"."flow" USING btree ("whole_at");--> statement-breakpoint
CREATE UNIQUE INDEX "engine_runs_singleton_key" ON "engine"."runs" USING btree ("function_id","tenant_id","singleton") WHERE singleton is not null and status in ('queued', 'running');
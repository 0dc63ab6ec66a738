CREATE TABLE "access_review_items" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"review_id" text NOT NULL,
	"kind" text NOT NULL,
	"holder_id" text NOT NULL,
	"name" text NOT NULL,
	"about" text[] NOT NULL,
	"snapshot" json NOT NULL,
	"verdict" text,
	"comment" text DEFAULT '' NOT NULL,
	"removed_roles" text[],
	"decided_on" json,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "access_review_items_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "access_review_items_kind_check" CHECK ("access_review_items"."kind" in ('member', 'api_key')),
	CONSTRAINT "access_review_items_verdict_check" CHECK ("access_review_items"."verdict" in ('keep', 'remove')),
	CONSTRAINT "access_review_items_roles_check" CHECK ("access_review_items"."removed_roles" <@ array['conductor_admin', 'tenant_admin', 'workflow_author', 'workflow_reviewer', 'operator', 'read_only']::text[]),
	CONSTRAINT "access_review_items_decision_check" CHECK ((verdict is null) = (decided_at is null) and (verdict is null) = (decided_by is null))
);
--> statement-breakpoint
CREATE TABLE "access_reviews" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"scope" json NOT NULL,
	"reviewers" text[] NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"repeats_months" integer,
	"next_at" timestamp with time zone,
	"previous_id" text,
	"opened_by" text NOT NULL,
	"sponsor_id" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_by" text,
	"closed_at" timestamp with time zone,
	"evidence_digest" text,
	"evidence" text,
	CONSTRAINT "access_reviews_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "access_reviews_status_check" CHECK ("access_reviews"."status" in ('open', 'closed', 'incomplete')),
	CONSTRAINT "access_reviews_reviewers_check" CHECK (cardinality("access_reviews"."reviewers") > 0),
	CONSTRAINT "access_reviews_end_check" CHECK ((status = 'open') = (closed_at is null)),
	CONSTRAINT "access_reviews_evidence_check" CHECK ((closed_at is null) = (evidence_digest is null))
);
--> statement-breakpoint
ALTER TABLE "access_review_items" ADD CONSTRAINT "access_review_items_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_review_items" ADD CONSTRAINT "access_review_items_review_fk" FOREIGN KEY ("tenant_id","review_id") REFERENCES "public"."access_reviews"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_reviews" ADD CONSTRAINT "access_reviews_sponsor_id_users_id_fk" FOREIGN KEY ("sponsor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_reviews" ADD CONSTRAINT "access_reviews_tenant_id_tenants_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_reviews" ADD CONSTRAINT "access_reviews_previous_fk" FOREIGN KEY ("tenant_id","previous_id") REFERENCES "public"."access_reviews"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "access_review_items_holder_key" ON "access_review_items" USING btree ("tenant_id","review_id","holder_id");--> statement-breakpoint
CREATE INDEX "access_review_items_list_idx" ON "access_review_items" USING btree ("tenant_id","review_id","name","id");--> statement-breakpoint
CREATE INDEX "access_review_items_decided_idx" ON "access_review_items" USING btree ("tenant_id","holder_id","decided_at") WHERE decided_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "access_reviews_previous_key" ON "access_reviews" USING btree ("tenant_id","previous_id");--> statement-breakpoint
CREATE INDEX "access_reviews_open_idx" ON "access_reviews" USING btree ("due_at") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "access_reviews_next_idx" ON "access_reviews" USING btree ("next_at") WHERE next_at is not null;
import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { WorkflowDefinition } from "@/server/workflows/domain/definition";
import { REVIEW_VERDICTS, type ReviewVerdict } from "@/server/workflows/domain/review-verdict";
import { type VersionStatus, VERSION_STATUSES } from "@/server/workflows/domain/version-status";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { oneOf } from "./checks";
import { attributeChecks, resourceAttributes } from "./resource-attributes";
import { tenants } from "./tenants";

export const workflows = pgTable(
  "workflows",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    /** The attributes of the published version, or of the newest one while none is published. */
    ...resourceAttributes,
    publishedVersionId: text("published_version_id"),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").default(sql`now()`),
    updatedAt: moment("updated_at").default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("workflows_slug_key").on(t.tenantId, t.slug),
    index("workflows_updated_idx").on(t.tenantId, t.updatedAt),
    ...attributeChecks("workflows", t),
  ],
);

export const workflowVersions = pgTable(
  "workflow_versions",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    workflowId: text("workflow_id").notNull(),
    number: integer("number").notNull(),
    status: text("status").$type<VersionStatus>().notNull(),
    /** Canonical JSON; `content_hash` is its SHA-256. */
    definition: jsonText<WorkflowDefinition>("definition").notNull(),
    contentHash: text("content_hash").notNull(),
    ...resourceAttributes,
    /** Everyone who edited since the last approved version; none of them may approve this one. */
    contributors: text("contributors").array().notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").default(sql`now()`),
    updatedAt: moment("updated_at").default(sql`now()`),
    submittedBy: text("submitted_by"),
    submittedAt: maybeMoment("submitted_at"),
    publishedBy: text("published_by"),
    publishedAt: maybeMoment("published_at"),
    retiredAt: maybeMoment("retired_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.workflowId], foreignColumns: [workflows.tenantId, workflows.id] }),
    uniqueIndex("workflow_versions_number_key").on(t.tenantId, t.workflowId, t.number),
    index("workflow_versions_status_idx").on(t.tenantId, t.status),
    oneOf("workflow_versions_status_check", t.status, VERSION_STATUSES),
    ...attributeChecks("workflow_versions", t),
  ],
);

export const workflowReviews = pgTable(
  "workflow_reviews",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    versionId: text("version_id").notNull(),
    /** What was read: an approval counts only while the version still has this hash. */
    contentHash: text("content_hash").notNull(),
    reviewerId: text("reviewer_id").notNull(),
    verdict: text("verdict").$type<ReviewVerdict>().notNull(),
    comment: text("comment").notNull(),
    createdAt: moment("created_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.versionId],
      foreignColumns: [workflowVersions.tenantId, workflowVersions.id],
    }),
    index("workflow_reviews_version_idx").on(t.tenantId, t.versionId),
    oneOf("workflow_reviews_verdict_check", t.verdict, REVIEW_VERDICTS),
  ],
);

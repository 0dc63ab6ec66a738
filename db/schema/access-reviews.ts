import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type Role, ROLES } from "@/policies/access/vocabulary";
import type { Access, ReviewScope, Snapshot } from "@/server/access-reviews/domain/access";
import {
  ACCESS_VERDICTS,
  type AccessVerdict,
  HOLDER_KINDS,
  type HolderKind,
  REVIEW_STATUSES,
  type ReviewStatus,
} from "@/server/access-reviews/domain/status";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { oneOf } from "./checks";
import { users } from "./identity";
import { tenants } from "./tenants";

/** A look at who has access, by people who are named. */
export const accessReviews = pgTable(
  "access_reviews",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    title: text("title").notNull(),
    scope: jsonText<ReviewScope>("scope").notNull(),
    /** User ids of those who may decide. */
    reviewers: text("reviewers").array().notNull(),
    dueAt: moment("due_at"),
    status: text("status").$type<ReviewStatus>().notNull(),
    repeatsMonths: integer("repeats_months"),
    /** When the next one is opened; null when none follows, or it was opened. */
    nextAt: maybeMoment("next_at"),
    /** The one that it repeats. */
    previousId: text("previous_id"),
    openedBy: text("opened_by").notNull(),
    /** The person who opened the first of them: what a reviewer removes may be what this person could take. */
    sponsorId: text("sponsor_id")
      .notNull()
      .references(() => users.id),
    openedAt: moment("opened_at"),
    closedBy: text("closed_by"),
    closedAt: maybeMoment("closed_at"),
    /** SHA-256 of the evidence record, as the closing receipt says. */
    evidenceDigest: text("evidence_digest"),
    /** The record itself, until the blob store has it. */
    evidence: text("evidence"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    foreignKey({
      // Named, as the name made of the columns would be longer than Postgres keeps.
      name: "access_reviews_previous_fk",
      columns: [t.tenantId, t.previousId],
      foreignColumns: [t.tenantId, t.id],
    }),
    uniqueIndex("access_reviews_previous_key").on(t.tenantId, t.previousId),
    index("access_reviews_open_idx")
      .on(t.dueAt)
      .where(sql`status = 'open'`),
    index("access_reviews_next_idx")
      .on(t.nextAt)
      .where(sql`next_at is not null`),
    oneOf("access_reviews_status_check", t.status, REVIEW_STATUSES),
    check("access_reviews_reviewers_check", sql`cardinality(${t.reviewers}) > 0`),
    check("access_reviews_end_check", sql`(status = 'open') = (closed_at is null)`),
    check("access_reviews_evidence_check", sql`(closed_at is null) = (evidence_digest is null)`),
  ],
);

/** One holder of access in a review, and what was decided about it. */
export const accessReviewItems = pgTable(
  "access_review_items",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    reviewId: text("review_id").notNull(),
    kind: text("kind").$type<HolderKind>().notNull(),
    /** Id of the member or the API key, which may be gone by now. */
    holderId: text("holder_id").notNull(),
    /** As the holder was called then, for the order of the list. */
    name: text("name").notNull(),
    /** User ids of whom it is about: the member, or who made the key or held its secret. They do not decide. */
    about: text("about").array().notNull(),
    snapshot: jsonText<Snapshot>("snapshot").notNull(),
    verdict: text("verdict").$type<AccessVerdict>(),
    comment: text("comment").notNull().default(""),
    /** What was taken: these roles, or with none all of it. */
    removedRoles: text("removed_roles").array().$type<Role[]>(),
    /** What the holder had when it was decided. */
    decidedOn: jsonText<Access>("decided_on"),
    decidedBy: text("decided_by").references(() => users.id),
    decidedAt: maybeMoment("decided_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: "access_review_items_review_fk",
      columns: [t.tenantId, t.reviewId],
      foreignColumns: [accessReviews.tenantId, accessReviews.id],
    }),
    uniqueIndex("access_review_items_holder_key").on(t.tenantId, t.reviewId, t.holderId),
    index("access_review_items_list_idx").on(t.tenantId, t.reviewId, t.name, t.id),
    index("access_review_items_decided_idx")
      .on(t.tenantId, t.holderId, t.decidedAt)
      .where(sql`decided_at is not null`),
    oneOf("access_review_items_kind_check", t.kind, HOLDER_KINDS),
    oneOf("access_review_items_verdict_check", t.verdict, ACCESS_VERDICTS),
    check(
      "access_review_items_roles_check",
      sql`${t.removedRoles} <@ array[${sql.raw(ROLES.map((role) => `'${role}'`).join(", "))}]::text[]`,
    ),
    check(
      "access_review_items_decision_check",
      sql`(verdict is null) = (decided_at is null) and (verdict is null) = (decided_by is null)`,
    ),
  ],
);

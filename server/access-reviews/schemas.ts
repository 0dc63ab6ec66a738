import { z } from "zod";
import { ROLES } from "@/policies/access/vocabulary";
import { idSchema, momentSchema, nameSchema, pageSchema, searchedSchema } from "@/server/kernel/schemas";
import { REPEATS_MONTHS } from "./domain/status";

/** Those of one review who may decide, and those whom one call may keep: as many as policy takes people of one thing. */
const PEOPLE_MAX = 50;

const rolesSchema = z
  .array(z.enum(ROLES))
  .max(ROLES.length)
  .refine((roles) => new Set(roles).size === roles.length, "must name each role once");
const commentSchema = z.string().trim().max(2_000, "must have at most 2000 characters").default("");
/** Of the access that was read; a decision about any other does not count. */
const accessHashSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/, "must be the hash of an access");

export const openAccessReviewSchema = z.strictObject({
  title: nameSchema,
  /** Members with any of these; none named: all members. */
  roles: rolesSchema.default([]),
  withApiKeys: z.boolean().default(true),
  /** Member ids. */
  reviewerIds: z
    .array(idSchema("member"))
    .min(1, "must name at least one reviewer")
    .max(PEOPLE_MAX)
    .refine((ids) => new Set(ids).size === ids.length, "must name each reviewer once"),
  dueAt: momentSchema,
  /** After so many months the same review is opened anew. */
  repeatsMonths: z.literal(REPEATS_MONTHS).optional(),
});

export const accessReviewSchema = z.strictObject({ reviewId: idSchema("accessReview") });

export const decideAccessSchema = z
  .strictObject({
    itemId: idSchema("accessReviewItem"),
    accessHash: accessHashSchema,
    /** True: they keep all of it. */
    keeps: z.boolean(),
    /** What is removed of a member's roles; left out: the whole membership, or the key. */
    removedRoles: rolesSchema.min(1, "must name at least one role").optional(),
    comment: commentSchema,
  })
  .refine(({ keeps, comment }) => keeps || comment !== "", { path: ["comment"], error: "must say why" })
  .refine(({ keeps, removedRoles }) => !keeps || removedRoles === undefined, {
    path: ["removedRoles"],
    error: "must not be given for what is kept",
  });

export const keepAccessSchema = z.strictObject({
  reviewId: idSchema("accessReview"),
  items: z
    .array(z.strictObject({ itemId: idSchema("accessReviewItem"), accessHash: accessHashSchema }))
    .min(1)
    .max(PEOPLE_MAX, `must be at most ${PEOPLE_MAX} at once`)
    .refine((items) => new Set(items.map(({ itemId }) => itemId)).size === items.length, "must name each once"),
  comment: commentSchema,
});

export const closeAccessReviewSchema = z.strictObject({
  reviewId: idSchema("accessReview"),
  /** True: closed although something is undecided, which is then named. */
  isIncomplete: z.boolean().default(false),
  /** True: no other follows it. */
  endsRepeating: z.boolean().default(false),
});

export const listAccessReviewsSchema = pageSchema;

export const ITEM_PARTS = ["all", "undecided"] as const;
export const listReviewedAccessSchema = pageSchema.extend({
  reviewId: idSchema("accessReview"),
  only: z.enum(ITEM_PARTS).default("all"),
  text: searchedSchema.optional(),
  cursor: idSchema("accessReviewItem").optional(),
});

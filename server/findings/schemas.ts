import { z } from "zod";
import { idSchema, momentSchema } from "@/server/kernel/schemas";
import { SEVERITIES } from "./domain/finding";

/** What people write about a gap: some lines, not none. */
const wordsSchema = z.string().trim().min(1, "must not be empty").max(2_000, "must have at most 2,000 characters");

export const FINDING_LISTS = ["open", "settled", "all"] as const;

export const listFindingsSchema = z.strictObject({
  /** What somebody has to see to, or what is closed or accepted for now. */
  state: z.enum(FINDING_LISTS).default("open"),
  severity: z.enum(SEVERITIES).optional(),
});
export const findingSchema = z.strictObject({ findingId: idSchema("finding") });
export const assignFindingSchema = findingSchema.extend({
  /** Who sees to it; nobody yet when left out. */
  memberId: idSchema("member").optional(),
  /** By when; as it was when left out. */
  dueAt: momentSchema.optional(),
});
export const markReadySchema = findingSchema.extend({
  /** What was done about it. */
  note: wordsSchema,
});
export const acceptFindingSchema = findingSchema.extend({
  /** Why nothing is done about it for now. */
  reason: wordsSchema,
  /** Until when; a year at most. */
  until: momentSchema,
});

import { z } from "zod";
import { idSchema } from "@/server/kernel/schemas";

export const sloSchema = z.strictObject({ sloId: idSchema("slo") });

/** Days of history that a chart may show. */
export const RANGE_DAYS = [1, 7, 30, 90] as const;

export const sloHistorySchema = sloSchema.extend({
  days: z.union(RANGE_DAYS.map((days) => z.literal(days))).default(30),
});

/** What a tenant may change of an objective: the target, the thresholds, and by when a run is late. */
export const setSloSchema = sloSchema.extend({
  /** Millionths: 999000 is 99.9 %. Neither none nor all. */
  targetPpm: z.int().min(500_000).max(999_999),
  /** Milliseconds by class, or for all; left out: as it was. */
  thresholdMs: z
    .union([
      z.int().min(1).max(86_400_000),
      z.strictObject({
        standard: z.int().min(1).max(86_400_000),
        bulk: z.int().min(1).max(86_400_000),
        low: z.int().min(1).max(86_400_000),
      }),
    ])
    .optional(),
  reason: z.string().trim().min(3).max(500),
});
export const previewSloSchema = setSloSchema.omit({ reason: true });

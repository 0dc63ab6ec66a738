import { z } from "zod";
import { idSchema, pageSchema } from "@/server/kernel/schemas";

const reason = z.string().trim().min(1, "must say why").max(2_000, "must have at most 2000 characters");
const comment = z.string().trim().max(2_000, "must have at most 2000 characters").default("");

const grantId = idSchema("breakGlass");

export const openBreakGlassSchema = z.strictObject({
  reason,
  /** What it is about, such as an incident's number. */
  reference: z.string().trim().min(1, "must name what it is about").max(120, "must have at most 120 characters"),
  /** How long it stays open; the pack says how long it may. */
  minutes: z.int().min(1, "must be at least 1").max(60, "must be at most 60"),
});
export const decideBreakGlassSchema = z
  .strictObject({ grantId, verdict: z.enum(["approved", "rejected"]), comment })
  .refine(({ verdict, comment: why }) => verdict === "approved" || why !== "", {
    path: ["comment"],
    error: "must say why",
  });
export const endBreakGlassSchema = z.strictObject({ grantId });
export const reviewBreakGlassSchema = z.strictObject({ grantId, comment: reason });
export const listBreakGlassSchema = pageSchema;

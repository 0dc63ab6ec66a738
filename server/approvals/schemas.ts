import { z } from "zod";
import { idSchema, pageSchema, searchedSchema } from "@/server/kernel/schemas";
import { APPROVAL_VERDICTS } from "./domain/status";

/** Of a mailed link. One that is no token is answered as an unknown one. */
const link = z.string().min(1).max(200).optional();

export const approvalSchema = z.strictObject({ approvalId: idSchema("approval"), link });
export const decideApprovalSchema = z
  .strictObject({
    approvalId: idSchema("approval"),
    /** Of the definition that was read; a decision about any other does not count. */
    contentHash: z.string().regex(/^sha256:[0-9a-f]{64}$/, "must be a content hash"),
    verdict: z.enum(APPROVAL_VERDICTS),
    comment: z.string().trim().max(2_000, "must have at most 2000 characters").default(""),
    link,
  })
  .refine(({ verdict, comment }) => verdict === "approved" || comment !== "", {
    path: ["comment"],
    error: "must say why",
  });

/** Waiting for the caller, waiting for others, and what waits for nobody any more. */
export const APPROVAL_TABS = ["mine", "others", "decided"] as const;
/** The same, and all that wait for anybody. */
const PARTS = [...APPROVAL_TABS, "open"] as const;
export const listApprovalsSchema = pageSchema.extend({
  tab: z.enum(PARTS).default("mine"),
  workflowId: idSchema("workflow").optional(),
  /** Part of what is asked, or of the workflow's name or address, or the request's id. */
  text: searchedSchema.optional(),
});

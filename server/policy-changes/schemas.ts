import { z } from "zod";
import { GOVERNANCE_PROFILES, profileNamed } from "@/policies/access/vocabulary";
import { idSchema, pageSchema } from "@/server/kernel/schemas";

const reason = z.string().trim().min(1, "must say why").max(2_000, "must have at most 2000 characters");

const choice = {
  /** By its short name or its whole one. */
  profile: z.string().max(60).transform(profileNamed).pipe(z.enum(GOVERNANCE_PROFILES)),
  /** YAML; empty: the pack as it is. */
  tightening: z.string().max(20_000, "must have at most 20000 characters").default(""),
};

export const previewPolicySchema = z.strictObject(choice);
export const proposePolicySchema = z.strictObject({ ...choice, reason });
export const decidePolicyChangeSchema = z
  .strictObject({
    changeId: idSchema("policyChange"),
    /** Of the policy that was read; a decision about any other does not count. */
    toRevision: z.string().min(1).max(200),
    verdict: z.enum(["approved", "rejected"]),
    comment: z.string().trim().max(2_000, "must have at most 2000 characters").default(""),
  })
  .refine(({ verdict, comment }) => verdict === "approved" || comment !== "", {
    path: ["comment"],
    error: "must say why",
  });
export const withdrawPolicyChangeSchema = z.strictObject({ changeId: idSchema("policyChange") });
export const listPolicyChangesSchema = pageSchema;

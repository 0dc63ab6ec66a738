import { z } from "zod";
import { idSchema, nameSchema, slugSchema } from "@/server/kernel/schemas";
import { GRACE_HOURS, GRACE_HOURS_MAX } from "@/server/triggers/domain/signature";
import { inputFieldSchema } from "@/server/workflows/domain/input-field";
import { word } from "@/server/workflows/domain/step-parts";
import { addressFault } from "./domain/address";

/** Fields that an adapter's input may declare. */
const FIELDS_MAX = 100;

const address = z
  .string()
  .trim()
  .max(2_000, "must have at most 2000 characters")
  .superRefine((text, issues) => {
    const fault = addressFault(text);
    if (fault !== null) issues.addIssue({ code: "custom", message: fault });
  });

const settings = {
  name: nameSchema,
  description: z.string().trim().max(2_000, "must have at most 2000 characters").default(""),
  address,
  /** What a step must send, declared as a workflow declares its input. */
  input: z
    .record(word, inputFieldSchema)
    .refine((fields) => Object.keys(fields).length <= FIELDS_MAX, { error: `may declare ${FIELDS_MAX} fields at most` })
    .default({}),
  /** For one attempt. */
  timeoutSeconds: z.int().min(1).max(30).default(10),
};

const adapterId = idSchema("adapter");

export const registerAdapterSchema = z.strictObject({ slug: slugSchema, ...settings });
export const updateAdapterSchema = z.strictObject({ adapterId, ...settings });
export const adapterSchema = z.strictObject({ adapterId });

/** For `graceHours` calls are signed with the secret before as well; 0 ends it at once. */
export const rotateAdapterSecretSchema = z.strictObject({
  adapterId,
  graceHours: z.int().min(0).max(GRACE_HOURS_MAX).default(GRACE_HOURS),
});

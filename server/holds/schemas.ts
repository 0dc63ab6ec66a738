import { z } from "zod";
import { idSchema } from "@/server/kernel/schemas";
import { EXECUTION_CLASSES } from "@/server/workflows/domain/execution-class";

/** Why a hold is set: it is on the banner and in the receipt, so it must say something. */
const reason = z.string().trim().min(1, "must say why").max(500, "must have at most 500 characters");

export const holdTenantSchema = z.strictObject({ reason });
export const holdWorkflowSchema = z.strictObject({ workflowId: idSchema("workflow"), reason });
export const holdClassSchema = z.strictObject({ executionClass: z.enum(EXECUTION_CLASSES), reason });
export const liftHoldSchema = z.strictObject({ holdId: idSchema("hold") });

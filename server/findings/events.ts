import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

const findingId = { tenantId: idSchema("tenant"), findingId: idSchema("finding") };

/** Somebody wants to know whether a gap is gone: a job tests it. */
export const retestAsked = defineEvent("finding.retest_asked", z.strictObject(findingId));

/** A finding has reached a stage of being overdue: administrators are told, by a job. */
export const findingOverdue = defineEvent(
  "finding.overdue",
  z.strictObject({ ...findingId, stage: z.int().min(1).max(10) }),
);

import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

/** Somebody has asked for a drill: a job runs it. */
export const drillAsked = defineEvent(
  "drill.asked",
  z.strictObject({ tenantId: idSchema("tenant"), askedBy: z.string() }),
);

import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

/** Something was found to differ: the first of it, and how much there is. */
export const remediationOpened = defineEvent(
  "remediation.opened",
  z.strictObject({
    tenantId: idSchema("tenant"),
    taskId: idSchema("remediation"),
    count: z.int().min(1),
    /** When: a task that is opened again is news again. */
    openedAt: z.iso.datetime(),
  }),
);

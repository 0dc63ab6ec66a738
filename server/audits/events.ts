import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

/** An audit of a tenant has begun: a job runs its checks. */
export const auditDue = defineEvent(
  "audit.due",
  z.strictObject({ tenantId: idSchema("tenant"), auditId: idSchema("audit") }),
);

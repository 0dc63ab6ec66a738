import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";
import { grantSchema } from "./schemas";

/** The operating tenant has granted a plan by hand to a tenant, or taken it away. */
export const planGranted = defineEvent(
  "plan.granted",
  z.strictObject({
    tenantId: idSchema("tenant"),
    forTenantId: idSchema("tenant"),
    /** Null where what was granted is taken away. */
    granted: grantSchema.nullable(),
    grantedBy: z.string(),
    grantedAt: z.iso.datetime(),
  }),
);

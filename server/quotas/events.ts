import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";
import { quotasSchema } from "./schemas";

/** The operating tenant has set quotas of another, or its own. */
export const quotasSet = defineEvent(
  "quotas.set",
  z.strictObject({
    tenantId: idSchema("tenant"),
    forTenantId: idSchema("tenant"),
    quotas: quotasSchema,
    setBy: z.string(),
    setAt: z.iso.datetime(),
  }),
);

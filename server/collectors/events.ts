import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

/** Evidence of a tenant is to be collected, as one occasion of this name. */
export const evidenceDue = defineEvent(
  "evidence.due",
  z.strictObject({ tenantId: idSchema("tenant"), occasion: z.string().max(100) }),
);

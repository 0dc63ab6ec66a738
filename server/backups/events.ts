import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

/** A tenant's restore is to be rehearsed. */
export const rehearsalDue = defineEvent("rehearsal.due", z.strictObject({ tenantId: idSchema("tenant") }));

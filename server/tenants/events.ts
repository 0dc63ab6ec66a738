import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

export const tenantCreated = defineEvent("tenant.created", z.strictObject({ tenantId: idSchema("tenant") }));

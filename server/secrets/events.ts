import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

const secret = z.strictObject({ tenantId: idSchema("tenant"), secretId: idSchema("secret") });

export const secretSet = defineEvent("secret.set", secret.extend({ version: z.int() }));
export const secretUpdated = defineEvent("secret.updated", secret);
export const secretDeleted = defineEvent("secret.deleted", secret);

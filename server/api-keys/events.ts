import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

const apiKey = z.strictObject({ tenantId: idSchema("tenant"), apiKeyId: idSchema("apiKey") });

export const apiKeyCreated = defineEvent("api_key.created", apiKey);
export const apiKeyRotated = defineEvent("api_key.rotated", apiKey);
export const apiKeyRevoked = defineEvent("api_key.revoked", apiKey);

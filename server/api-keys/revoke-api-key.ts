import { and, eq } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { apiKeyRevoked } from "./events";
import { loadApiKey } from "./load";
import { apiKeySchema } from "./schemas";

/** Ends a key and its secret before, from the next request on. Refuses one that was revoked already (Conflict). */
export const revokeApiKey = defineWrite({
  action: "api_key.revoke",
  receipt: "api_key.revoke",
  input: apiKeySchema,
  load: loadApiKey,
  write: async ({ ctx, tx, now }, { apiKeyId }, { row }) => {
    if (row.revokedAt !== null) throw conflict("This key was revoked already.");
    await tx
      .update(apiKeys)
      .set({ revokedAt: now })
      .where(and(eq(apiKeys.tenantId, ctx.tenantId), eq(apiKeys.id, apiKeyId)));
    return {
      value: { apiKeyId },
      detail: { name: row.name },
      events: [eventOf(apiKeyRevoked, { tenantId: ctx.tenantId, apiKeyId })],
    };
  },
});

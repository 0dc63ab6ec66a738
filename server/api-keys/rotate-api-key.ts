import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import { must } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { authoriseClearance } from "./authorise-clearance";
import { graceEnd } from "./domain/limits";
import { hashKey, keyFrom } from "./domain/secret";
import { apiKeyDto } from "./dto";
import { apiKeyRotated } from "./events";
import { loadApiKey, refuseEnded } from "./load";
import { rotateApiKeySchema } from "./schemas";

/**
 * Gives a key a new secret, shown this once; its rights and its end stay. The secret before opens until the grace ends,
 * the one before that no longer. Refuses an ended key (Conflict) and one that sees more than the caller (Forbidden).
 */
export const rotateApiKey = defineWrite({
  action: "api_key.rotate",
  receipt: "api_key.rotate",
  input: rotateApiKeySchema,
  load: loadApiKey,
  write: async ({ ctx, tx, now }, { apiKeyId, graceHours }, { row, ...found }) => {
    authoriseClearance(ctx, "api_key.rotate", found, row.clearance);
    refuseEnded(row, now);
    const key = keyFrom(randomBytes(32));
    const hasGrace = graceHours > 0;
    const [rotated] = await tx
      .update(apiKeys)
      .set({
        ...{ keyHash: hashKey(key), lastFour: key.slice(-4) },
        previousKeyHash: hasGrace ? row.keyHash : null,
        previousValidUntil: hasGrace ? graceEnd(now, graceHours, row.expiresAt) : null,
      })
      .where(and(eq(apiKeys.tenantId, ctx.tenantId), eq(apiKeys.id, apiKeyId)))
      .returning();
    return {
      value: { ...apiKeyDto(must(rotated, "the locked row is still there"), now), key },
      detail: { graceHours },
      events: [eventOf(apiKeyRotated, { tenantId: ctx.tenantId, apiKeyId })],
    };
  },
});

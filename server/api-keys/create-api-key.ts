import { randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import { limitReached, must } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, requireKnownRegion, type Scope } from "@/server/verb";
import { authoriseClearance } from "./authorise-clearance";
import { keyEnd } from "./domain/limits";
import { hashKey, keyFrom } from "./domain/secret";
import { apiKeyDto } from "./dto";
import { apiKeyCreated } from "./events";
import { loadApiKeys } from "./load";
import { createApiKeySchema } from "./schemas";

/** Live keys a tenant may have: more than integrations need, few enough for a person to look through. */
const LIVE_KEYS_MAX = 100;

async function refuseTooMany({ ctx, tx, now }: Scope): Promise<void> {
  const [live] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, ctx.tenantId), isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now)));
  if (live !== undefined && live.count >= LIVE_KEYS_MAX)
    throw limitReached(`A tenant may have ${LIVE_KEYS_MAX} live keys. Revoke one first.`, { limit: LIVE_KEYS_MAX });
}

/**
 * Makes a key and gives its secret, this once. Refuses roles that only people hold (Invalid), a clearance beyond the
 * creator's own (Forbidden), more than 100 live keys (LimitReached), and a tenant without the public API (NotEntitled).
 */
export const createApiKey = defineWrite({
  action: "api_key.create",
  receipt: "api_key.create",
  feature: "public-api",
  input: createApiKeySchema,
  load: loadApiKeys,
  write: async (scope, input, found) => {
    const { ctx, tx, now } = scope;
    authoriseClearance(ctx, "api_key.create", found, input.clearance);
    requireKnownRegion(input.region);
    await refuseTooMany(scope);
    const key = keyFrom(randomBytes(32));
    const { name, roles, clearance } = input;
    const { region = ctx.principal.region, businessUnit = ctx.principal.businessUnit } = input;
    const [row] = await tx
      .insert(apiKeys)
      .values({
        ...{ tenantId: ctx.tenantId, id: ctx.newId("apiKey"), name, roles, region, businessUnit, clearance },
        ...{ keyHash: hashKey(key), lastFour: key.slice(-4), createdBy: ctx.principal.id },
        ...{ createdAt: now, expiresAt: keyEnd(now, input.expiresInDays) },
      })
      .returning();
    const made = apiKeyDto(must(row, "an insert returns its row"), now);
    return {
      value: { ...made, key },
      subject: `api_key:${made.id}`,
      detail: { name, roles, region, businessUnit, clearance, expiresAt: made.expiresAt },
      events: [eventOf(apiKeyCreated, { tenantId: ctx.tenantId, apiKeyId: made.id })],
    };
  },
});

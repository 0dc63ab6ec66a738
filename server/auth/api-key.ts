import { and, eq, gt, isNull, or } from "drizzle-orm";
import { apiKeys, tenants } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import { hashKey, keyInHeader } from "@/server/api-keys/domain/secret";
import type { CallContext, TenantContext } from "@/server/verb";

// A key in use is marked as used at most this often, so that reads do not turn into writes.
const USED_EVERY_MS = 300_000;

/**
 * Enters a tenant as the API key in an Authorization header; null for anything but a live key: malformed, unknown,
 * expired, revoked, or rotated with its grace over.
 */
export async function findApiKey(call: CallContext, authorization: string | null): Promise<TenantContext | null> {
  const key = keyInHeader(authorization);
  if (key === null) return null;
  const keyHash = hashKey(key);
  const now = call.clock.now();
  const isOldOne = and(eq(apiKeys.previousKeyHash, keyHash), gt(apiKeys.previousValidUntil, now));
  const [found] = await withSystem(call, "find-api-key", (tx) =>
    tx
      .select({ key: apiKeys, tenant: tenants })
      .from(apiKeys)
      .innerJoin(tenants, eq(tenants.tenantId, apiKeys.tenantId))
      .where(and(or(eq(apiKeys.keyHash, keyHash), isOldOne), isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now))),
  );
  if (found === undefined) return null;
  const { tenantId, id, name, roles, region, businessUnit, clearance, lastUsedAt } = found.key;
  if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= USED_EVERY_MS)
    await withTenant({ database: call.database, tenantId }, (tx) =>
      tx
        .update(apiKeys)
        .set({ lastUsedAt: now })
        .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id))),
    );
  return {
    ...{ ...call, tenantId, tenant: found.tenant },
    actor: { kind: "api_key", apiKeyId: id, name },
    principal: { kind: "api_key", id, tenantId, roles, region, businessUnit, clearance },
  };
}

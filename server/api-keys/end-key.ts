import { and, eq } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import type { Scope } from "@/server/verb";
import type { ApiKeyRow } from "./dto";
import { apiKeyRevoked } from "./events";

/** Ends a key that the caller has locked, and its secret before. Refuses one that was revoked already (Conflict). */
export async function endKey({ ctx, tx, now }: Scope, row: ApiKeyRow) {
  const { id: apiKeyId, name } = row;
  if (row.revokedAt !== null) throw conflict("This key was revoked already.");
  await tx
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.tenantId, ctx.tenantId), eq(apiKeys.id, apiKeyId)));
  return { detail: { name }, events: [eventOf(apiKeyRevoked, { tenantId: ctx.tenantId, apiKeyId })] };
}

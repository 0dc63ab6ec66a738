import { and, eq } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import { conflict, notFound } from "@/server/kernel/errors";
import type { Loaded, Scope } from "@/server/verb";
import { keyState } from "./domain/limits";
import type { ApiKeyRow } from "./dto";

/** The tenant's keys at large, as policy sees them. */
export async function loadApiKeys({ ctx }: Scope): Promise<Loaded> {
  return { resource: { subject: "api_key", tenantId: ctx.tenantId }, subject: `tenant:${ctx.tenantId}` };
}

/** One key, locked. */
export async function loadApiKey(
  { ctx, tx }: Scope,
  input: { apiKeyId: string },
): Promise<Loaded & { row: ApiKeyRow }> {
  const [row] = await tx
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, ctx.tenantId), eq(apiKeys.id, input.apiKeyId)))
    .for("update");
  if (row === undefined) throw notFound("API key");
  return { resource: { subject: "api_key", tenantId: row.tenantId }, subject: `api_key:${row.id}`, row };
}

/** Throws Conflict for a key that opens nothing any more. */
export function refuseEnded(row: ApiKeyRow, now: Date): void {
  const state = keyState(row, now);
  if (state !== "active") throw conflict(`This key is ${state}. Create a new one.`);
}

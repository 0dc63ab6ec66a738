import { isIP } from "node:net";
import { and, count, eq, isNull } from "drizzle-orm";
import { adapters, tenants } from "@/db/schema";
import { invalid, limitReached, must, notFound } from "@/server/kernel/errors";
import { egressPolicy } from "@/server/platform/egress-policy";
import { env } from "@/server/platform/env";
import type { Loaded, Scope } from "@/server/verb";

/** Adapters a tenant may have in use. */
const ADAPTERS_MAX = 100;

type AdapterRow = typeof adapters.$inferSelect;

/** The tenant's adapters at large, as policy sees them. */
export async function loadAdapters({ ctx }: Scope): Promise<Loaded> {
  return { resource: { subject: "adapter", tenantId: ctx.tenantId }, subject: `tenant:${ctx.tenantId}` };
}

/** An adapter that has not ended, locked; throws NotFound. */
export async function loadAdapter(
  { ctx, tx }: Scope,
  { adapterId }: { adapterId: string },
): Promise<Loaded & { adapter: AdapterRow }> {
  const [adapter] = await tx
    .select()
    .from(adapters)
    .where(and(eq(adapters.tenantId, ctx.tenantId), eq(adapters.id, adapterId), isNull(adapters.endedAt)))
    .for("update");
  if (adapter === undefined) throw notFound("adapter");
  return { resource: { subject: "adapter", tenantId: ctx.tenantId }, subject: `adapter:${adapterId}`, adapter };
}

/** Throws LimitReached where the tenant has as many as it may; who registers one takes turns from here on. */
export async function refuseTooMany({ ctx, tx }: Scope): Promise<void> {
  await tx
    .select({ id: tenants.tenantId })
    .from(tenants)
    .where(eq(tenants.tenantId, ctx.tenantId))
    .for("no key update");
  const [row] = await tx
    .select({ there: count() })
    .from(adapters)
    .where(and(eq(adapters.tenantId, ctx.tenantId), isNull(adapters.endedAt)));
  if (must(row, "a count is a row").there >= ADAPTERS_MAX)
    throw limitReached(`A tenant may have ${ADAPTERS_MAX} adapters. End one first.`, { limit: ADAPTERS_MAX });
}

/** Throws Invalid for an address that no call would reach: names are looked up, and checked, at each call. */
export function refuseClosed(address: string): void {
  const { hostname, port } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, "");
  const literal = /(^|\.)localhost\.?$/.test(host) ? "127.0.0.1" : host;
  if (isIP(literal) === 0) return;
  const target = { host, port: Number(port || 443), address: literal };
  if (egressPolicy(env().EGRESS_ALLOW).mayConnect(target)) return;
  const message = "is not on the public internet, and this deployment does not allow it (EGRESS_ALLOW)";
  throw invalid(`The input is not valid: address: ${message}.`, { fields: [{ path: "address", message }] });
}

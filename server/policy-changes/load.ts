import { and, eq } from "drizzle-orm";
import { policyChanges, tenants } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { must, notFound } from "@/server/kernel/errors";
import type { Loaded, Scope } from "@/server/verb";

export type PolicyChangeRow = typeof policyChanges.$inferSelect;

/** The tenant's policy, as policy itself sees it. */
export async function loadPolicy({ ctx }: Pick<Scope, "ctx">): Promise<Loaded> {
  return { resource: { subject: "policy", tenantId: ctx.tenantId, requesters: [] }, subject: `tenant:${ctx.tenantId}` };
}

/** The tenant's row, locked: who changes its policy takes turns from here on. */
export async function lockTenant(tx: Tx, tenantId: string): Promise<typeof tenants.$inferSelect> {
  const [row] = await tx.select().from(tenants).where(eq(tenants.tenantId, tenantId)).for("no key update");
  return must(row, "a tenant has a row");
}

/** A change, with its tenant's row locked before it; throws NotFound. */
export async function loadPolicyChange(
  { ctx, tx }: Scope,
  { changeId }: { changeId: string },
): Promise<Loaded & { change: PolicyChangeRow }> {
  const { tenantId } = ctx;
  await lockTenant(tx, tenantId);
  const itself = and(eq(policyChanges.tenantId, tenantId), eq(policyChanges.id, changeId));
  const [change] = await tx.select().from(policyChanges).where(itself);
  if (change === undefined) throw notFound("policy change");
  const { proposedBy } = change;
  const requesters = proposedBy.startsWith("user:") ? [proposedBy.slice("user:".length)] : [];
  return { resource: { subject: "policy", tenantId, requesters }, subject: `policy_change:${changeId}`, change };
}

import { eq } from "drizzle-orm";
import { trustPages } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { loadEvidence } from "@/server/evidence";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { lockTenant } from "@/server/members";
import { defineRead, defineWrite, noInput, type Scope } from "@/server/verb";

/** Whether anybody may read the tenant's trust page. */
export async function isPublished(tx: Tx, tenantId: string): Promise<boolean> {
  const [row] = await tx.select({ isOn: trustPages.isOn }).from(trustPages).where(eq(trustPages.tenantId, tenantId));
  return row?.isOn ?? false;
}

/** Whether the tenant's trust page is on, and where it is. */
export const getTrustPage = defineRead({
  action: "evidence.read",
  input: noInput,
  load: loadEvidence,
  read: async ({ ctx, tx }) => ({
    isOn: await isPublished(tx, ctx.tenantId),
    path: `/trust/${ctx.tenant.slug}`,
  }),
});

async function loadForChange(scope: Scope) {
  await lockTenant(scope.tx, scope.ctx.tenantId);
  return loadEvidence(scope);
}

async function setPage({ ctx, tx, now }: Scope, isOn: boolean) {
  if ((await isPublished(tx, ctx.tenantId)) === isOn)
    throw conflict(`The trust page is ${isOn ? "on" : "off"} already.`);
  const row = { isOn, updatedBy: actorRef(ctx.actor), updatedAt: now };
  await tx
    .insert(trustPages)
    .values({ tenantId: ctx.tenantId, ...row })
    .onConflictDoUpdate({ target: trustPages.tenantId, set: row });
  return { value: { isOn } };
}

/** Lets anybody who knows the address read how the tenant's controls stand. Conflict when it is on. Needs the compliance pack (NotEntitled). */
export const publishTrustPage = defineWrite({
  action: "evidence.export",
  receipt: "trust_page.publish",
  feature: "compliance-pack",
  input: noInput,
  load: loadForChange,
  write: (scope) => setPage(scope, true),
});

/** Takes the page away, for everybody and at once. Conflict when it is off. */
export const withdrawTrustPage = defineWrite({
  action: "evidence.export",
  receipt: "trust_page.withdraw",
  input: noInput,
  load: loadForChange,
  write: (scope) => setPage(scope, false),
});

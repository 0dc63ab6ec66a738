import { and, eq } from "drizzle-orm";
import { breakGlassGrants, members } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { notFound } from "@/server/kernel/errors";
import type { Loaded, Scope } from "@/server/verb";

export type BreakGlassRow = typeof breakGlassGrants.$inferSelect;

/** Break-glass of the tenant at large, as policy sees it. */
export async function loadBreakGlass({ ctx }: Pick<Scope, "ctx">): Promise<Loaded> {
  return {
    resource: { subject: "break_glass", tenantId: ctx.tenantId, requesters: [] },
    subject: `tenant:${ctx.tenantId}`,
  };
}

/** One grant, locked; throws NotFound. */
export async function loadGrant(
  { ctx, tx }: Scope,
  { grantId }: { grantId: string },
): Promise<Loaded & { grant: BreakGlassRow }> {
  const [grant] = await tx
    .select()
    .from(breakGlassGrants)
    .where(and(eq(breakGlassGrants.tenantId, ctx.tenantId), eq(breakGlassGrants.id, grantId)))
    .for("update");
  if (grant === undefined) throw notFound("break-glass grant");
  return {
    resource: { subject: "break_glass", tenantId: ctx.tenantId, requesters: [grant.userId] },
    subject: `break_glass:${grantId}`,
    grant,
  };
}

/** Until when break-glass is open for a member; null: it is not. Every decision reads it with the member's rights. */
export async function setOpenUntil(tx: Tx, tenantId: string, userId: string, until: Date | null): Promise<void> {
  await tx
    .update(members)
    .set({ breakGlassUntil: until })
    .where(and(eq(members.tenantId, tenantId), eq(members.userId, userId)));
}

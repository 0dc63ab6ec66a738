import { and, eq } from "drizzle-orm";
import { invitations, members, tenants } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import type { Tx } from "@/db/tenancy";
import { notFound } from "@/server/kernel/errors";
import type { Loaded, Scope } from "@/server/verb";

export type MemberRow = typeof members.$inferSelect;
export type InvitationRow = typeof invitations.$inferSelect;

/** Members of the tenant at large, as policy sees them. */
export async function loadMembers({ ctx }: Scope): Promise<Loaded> {
  return { resource: { subject: "member", tenantId: ctx.tenantId }, subject: `tenant:${ctx.tenantId}` };
}

/** Changes of who governs a tenant take turns: what the one before left is what the next one counts. */
export async function lockTenant(tx: Tx, tenantId: string): Promise<void> {
  await tx.select({ id: tenants.tenantId }).from(tenants).where(eq(tenants.tenantId, tenantId)).for("no key update");
}

/** One member, with the tenant locked. */
export async function loadMember(
  { ctx, tx, now }: Scope,
  input: { memberId: string },
): Promise<Loaded & { row: MemberRow }> {
  await lockTenant(tx, ctx.tenantId);
  const [row] = await tx
    .select()
    .from(members)
    .where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, input.memberId), isStanding(now)));
  if (row === undefined) throw notFound("member");
  return { resource: { subject: "member", tenantId: row.tenantId }, subject: `member:${row.id}`, row };
}

/** One invitation, locked. */
export async function loadInvitation(
  { ctx, tx }: Scope,
  input: { invitationId: string },
): Promise<Loaded & { row: InvitationRow }> {
  const [row] = await tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.tenantId, ctx.tenantId), eq(invitations.id, input.invitationId)))
    .for("update");
  if (row === undefined) throw notFound("invitation");
  return { resource: { subject: "member", tenantId: row.tenantId }, subject: `invitation:${row.id}`, row };
}

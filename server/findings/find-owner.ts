import { and, asc, eq } from "drizzle-orm";
import { members, tenants } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { decide } from "@/policies/access/decide";
import type { Role } from "@/policies/access/vocabulary";
import { invalid, must, notFound } from "@/server/kernel/errors";
import { policiesOf } from "@/server/verb";

type Member = typeof members.$inferSelect;

/** Whether the tenant's policies let a member see to findings: what nobody may do about a gap closes none. */
async function seesToFindings(tx: Tx, tenantId: string): Promise<(member: Member) => boolean> {
  const [tenant] = await tx.select().from(tenants).where(eq(tenants.tenantId, tenantId));
  const policies = policiesOf(must(tenant, "a tenant that is entered exists"));
  const resource = { subject: "finding" as const, tenantId };
  return ({ userId: id, roles, region, businessUnit, clearance }) =>
    decide(policies, {
      principal: { kind: "user", id, tenantId, roles, region, businessUnit, clearance },
      ...{ action: "finding.assign", resource },
    }).allow;
}

/**
 * Who sees to a gap until somebody says otherwise: of those who may, the longest member with the role that answers for it, else
 * the longest of all. Null where nobody may.
 */
export async function findOwner(tx: Tx, tenantId: string, role: Role): Promise<string | null> {
  const may = await seesToFindings(tx, tenantId);
  const able = (
    await tx
      .select()
      .from(members)
      .where(eq(members.tenantId, tenantId))
      .orderBy(asc(members.createdAt), asc(members.id))
  ).filter(may);
  return (able.find(({ roles }) => roles.includes(role)) ?? able[0])?.userId ?? null;
}

/** The user behind a member who is to see to a finding. Throws NotFound for one who is no member, Invalid for one who may not. */
export async function ownerOf(tx: Tx, tenantId: string, memberId: string): Promise<string> {
  const own = and(eq(members.tenantId, tenantId), eq(members.id, memberId));
  const [member] = await tx.select().from(members).where(own);
  if (member === undefined) throw notFound("member");
  const may = await seesToFindings(tx, tenantId);
  if (!may(member)) throw invalid("This member's roles do not see to findings.", { field: "memberId" });
  return member.userId;
}

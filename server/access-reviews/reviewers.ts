import { and, eq, inArray } from "drizzle-orm";
import { members, tenants, users } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { decide } from "@/policies/access/decide";
import { invalid, must, notFound } from "@/server/kernel/errors";
import { policiesOf, type Scope } from "@/server/verb";
import { reviewResource } from "./load";

/** A member who may decide about access, of others than themselves. */
export interface Reviewer {
  memberId: string;
  userId: string;
  name: string;
  email: string;
}

/** The members who may decide about access under the tenant's policies; of these alone, where some are named. */
export async function findReviewers(
  tx: Tx,
  tenantId: string,
  among?: { column: "id" | "userId"; ids: readonly string[] },
): Promise<Reviewer[]> {
  const [tenant] = await tx.select().from(tenants).where(eq(tenants.tenantId, tenantId));
  const policies = policiesOf(must(tenant, "a tenant that is entered exists"));
  const rows = await tx
    .select({ member: members, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.tenantId, tenantId),
        among === undefined ? undefined : inArray(members[among.column], [...among.ids]),
      ),
    )
    .orderBy(members.id);
  return rows
    .filter(({ member: { userId: id, roles, region, businessUnit, clearance } }) => {
      const principal = { kind: "user", id, tenantId, roles, region, businessUnit, clearance };
      return decide(policies, { principal, action: "access_review.decide", resource: reviewResource(tenantId) }).allow;
    })
    .map(({ member, name, email }) => ({ memberId: member.id, userId: member.userId, name: name ?? email, email }));
}

/** Throws NotFound for one who is no member, Invalid for one whose roles do not decide about access. */
export async function refuseReviewers(
  { ctx, tx }: Scope,
  memberIds: readonly string[],
  able: readonly Reviewer[],
): Promise<void> {
  const unable = memberIds.filter((id) => !able.some(({ memberId }) => memberId === id));
  if (unable.length === 0) return;
  const known = await tx
    .select({ id: members.id, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.tenantId, ctx.tenantId), inArray(members.id, unable)));
  if (known.length < unable.length) throw notFound("member");
  const message = `may not decide about access: ${known.map(({ email }) => email).join(", ")}`;
  throw invalid(`A reviewer ${message}.`, { fields: [{ path: "reviewerIds", message }] });
}

import { and, eq } from "drizzle-orm";
import { members, users } from "@/db/schema";
import { notFound } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";

/** A member of this tenant as a person; throws NotFound. */
export async function findMember({ ctx, tx }: Scope, memberId: string): Promise<{ userId: string; name: string }> {
  const [member] = await tx
    .select({ userId: users.id, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, memberId)));
  if (member === undefined) throw notFound("member");
  return { userId: member.userId, name: member.name ?? member.email };
}

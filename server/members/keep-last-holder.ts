import { and, arrayContains, eq, ne, sql } from "drizzle-orm";
import { members } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { roleWord } from "@/policies/access/role-word";
import type { Role } from "@/policies/access/vocabulary";
import { conflict } from "@/server/kernel/errors";
import { keptRoles } from "./domain/grants";

/**
 * Throws Conflict when this member is the last to hold a role that the tenant needs and would hold it no longer.
 * The caller holds the tenant's lock, so of two who step down at once one stays.
 */
export async function keepLastHolder(
  tx: Tx,
  tenant: { tenantId: string; isOperator: boolean },
  member: { id: string; roles: readonly Role[] },
  rolesAfter: readonly Role[],
): Promise<void> {
  const lost = keptRoles(tenant.isOperator).filter((role) => member.roles.includes(role) && !rolesAfter.includes(role));
  for (const role of lost) {
    const [others] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(members)
      .where(
        and(eq(members.tenantId, tenant.tenantId), ne(members.id, member.id), arrayContains(members.roles, [role])),
      );
    if (others === undefined || others.count === 0)
      throw conflict(`This is the tenant's last ${roleWord(role)}. Give the role to someone else first.`, { role });
  }
}

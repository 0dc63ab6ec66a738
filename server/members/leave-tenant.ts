import { and, eq } from "drizzle-orm";
import { members, tenants } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import { withSystem, withTenant } from "@/db/tenancy";
import { notFound } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineAccountVerb } from "@/server/verb";
import { endGrant } from "./auditor-grant";
import { memberLeft } from "./events";
import { keepLastHolder } from "./keep-last-holder";
import { lockTenant } from "./load";
import { recordOwnAct } from "./own-act";
import { leaveTenantSchema } from "./schemas";
import { withdrawInvitations } from "./withdraw-invitations";

/** Ends the caller's own membership. Refuses the last holder of a role that the tenant needs (Conflict). */
export const leaveTenant = defineAccountVerb({
  kind: "write",
  self: "ends the caller's own membership",
  input: leaveTenantSchema,
  run: async (ctx, input) => {
    const now = ctx.clock.now();
    const [tenant] = await withSystem(ctx, "find-membership", (tx) =>
      tx
        .select({ tenantId: tenants.tenantId, isOperator: tenants.isOperator })
        .from(members)
        .innerJoin(tenants, eq(tenants.tenantId, members.tenantId))
        .where(and(eq(tenants.slug, input.slug), eq(members.userId, ctx.user.id), isStanding(now))),
    );
    if (tenant === undefined) throw notFound("tenant");
    const { tenantId } = tenant;
    await withTenant({ database: ctx.database, tenantId }, async (tx) => {
      await lockTenant(tx, tenantId);
      const own = and(eq(members.tenantId, tenantId), eq(members.userId, ctx.user.id));
      const [row] = await tx.select().from(members).where(own);
      if (row === undefined) throw notFound("tenant");
      await keepLastHolder(tx, tenant, row, []);
      await withdrawInvitations(tx, tenantId, ctx.user.id);
      await endGrant(tx, tenantId, row.id, now);
      await tx.delete(members).where(own);
      await recordOwnAct(tx, ctx, tenantId, {
        ...{ receipt: "member.leave", subject: `member:${row.id}`, now, input },
        detail: { roles: row.roles },
        event: eventOf(memberLeft, { tenantId, memberId: row.id, userId: ctx.user.id }),
      });
    });
    return { slug: input.slug };
  },
});

import { and, asc, eq } from "drizzle-orm";
import { members, tenants } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import { withSystem } from "@/db/tenancy";
import { defineAccountVerb, noInput } from "@/server/verb";

/** The tenants that the caller is a member of, by name. */
export const listOwnTenants = defineAccountVerb({
  kind: "read",
  self: "lists the caller's own memberships",
  input: noInput,
  run: (ctx) =>
    withSystem(ctx, "list-memberships", (tx) =>
      tx
        .select({ slug: tenants.slug, name: tenants.name, roles: members.roles })
        .from(members)
        .innerJoin(tenants, eq(tenants.tenantId, members.tenantId))
        .where(and(eq(members.userId, ctx.user.id), isStanding(ctx.clock.now())))
        .orderBy(asc(tenants.name)),
    ),
});

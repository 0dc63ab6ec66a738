import { and, arrayOverlaps, eq, ne } from "drizzle-orm";
import { breakGlassGrants, members, policyChanges, tenants } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { rolesThatCan } from "@/policies/access/ability";
import type { Action } from "@/policies/access/vocabulary";
import { must } from "@/server/kernel/errors";
import { policiesOf } from "@/server/verb";
import { countTold, type TellContext } from "./tell";

const personOf = (reference: string) => (reference.startsWith("user:") ? reference.slice("user:".length) : "");

async function tenantOf(tx: Tx, tenantId: string) {
  const [row] = await tx.select().from(tenants).where(eq(tenants.tenantId, tenantId));
  return must(row, "a tenant has a row");
}

/** Everybody of the tenant whose roles could do this, but for one person. */
async function peopleWhoCan(
  tx: Tx,
  tenant: typeof tenants.$inferSelect,
  action: Action,
  but: string,
): Promise<string[]> {
  const [policy] = policiesOf(tenant);
  const rows = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(
      and(
        ...[eq(members.tenantId, tenant.tenantId), ne(members.userId, but)],
        arrayOverlaps(members.roles, rolesThatCan(policy, action)),
      ),
    );
  return rows.map(({ userId }) => userId);
}

/** Tells those who may decide that the tenant is to be governed otherwise. Returns how many were told now. */
export const tellPolicyDeciders = (ctx: TellContext, changeId: string): Promise<number> =>
  withTenant(ctx, async (tx) => {
    const [change] = await tx.select().from(policyChanges).where(eq(policyChanges.id, changeId));
    if (change?.status !== "pending") return 0;
    const tenant = await tenantOf(tx, ctx.tenantId);
    return countTold(tx, ctx, await peopleWhoCan(tx, tenant, "policy.approve", personOf(change.proposedBy)), {
      dedupe: `policy.proposed:${changeId}`,
      title: "A change of the policy waits for your approval",
      href: `/t/${tenant.slug}/policy/changes`,
    });
  });

/** Tells whoever proposed a change what became of it. */
export const tellPolicyProposer = (ctx: TellContext, changeId: string): Promise<number> =>
  withTenant(ctx, async (tx) => {
    const [change] = await tx.select().from(policyChanges).where(eq(policyChanges.id, changeId));
    const proposer = personOf(change?.proposedBy ?? "");
    if (change === undefined || proposer === "" || change.decidedBy === change.proposedBy) return 0;
    const tenant = await tenantOf(tx, ctx.tenantId);
    return countTold(tx, ctx, [proposer], {
      dedupe: `policy.decided:${changeId}`,
      title: `The change of the policy that you proposed was ${change.status}`,
      href: `/t/${tenant.slug}/policy/changes`,
    });
  });

const GRANT_NEWS = {
  asked: { action: "break_glass.approve", title: "Somebody asks for break-glass" },
  opened: { action: "break_glass.approve", title: "Break-glass is open for somebody" },
  ended: { action: "break_glass.approve", title: "Break-glass has ended: look at what it was used for" },
} as const satisfies Record<string, { action: Action; title: string }>;

/** Tells those who may open break-glass for others what happens with a grant. */
export const tellOfBreakGlass = (ctx: TellContext, grantId: string, news: keyof typeof GRANT_NEWS): Promise<number> =>
  withTenant(ctx, async (tx) => {
    const [grant] = await tx.select().from(breakGlassGrants).where(eq(breakGlassGrants.id, grantId));
    if (grant === undefined) return 0;
    const tenant = await tenantOf(tx, ctx.tenantId);
    const { action, title } = GRANT_NEWS[news];
    return countTold(tx, ctx, await peopleWhoCan(tx, tenant, action, grant.userId), {
      dedupe: `break_glass.${news}:${grantId}`,
      title: `${title} (${grant.reference})`,
      href: `/t/${tenant.slug}/policy/break-glass`,
    });
  });

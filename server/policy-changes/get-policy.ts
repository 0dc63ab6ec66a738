import { and, arrayOverlaps, asc, eq, ne } from "drizzle-orm";
import { members, policyChanges, users } from "@/db/schema";
import { rolesThatCan } from "@/policies/access/ability";
import type { Policy } from "@/policies/access/policy";
import { pendingChoice } from "@/policies/packs/governing";
import { policyFor } from "@/policies/packs/tightening";
import { compare } from "@/policies/simulate/compare";
import { nameReferences } from "@/server/receipts";
import { env } from "@/server/platform/env";
import { defineRead, noInput, policiesOf, type Scope } from "@/server/verb";
import { affectedBy } from "./affected-by";
import type { PendingChange } from "./pending-change";
import { replayDecisions } from "./replay-decisions";
import { loadPolicy, type PolicyChangeRow } from "./load";

const DECIDERS_SHOWN = 20;

async function decidersOf({ ctx, tx }: Scope, active: Policy, proposer: string): Promise<string[]> {
  const mayDecide = arrayOverlaps(members.roles, rolesThatCan(active, "policy.approve"));
  const rows = await tx
    .select({ name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.tenantId, ctx.tenantId), mayDecide, ne(members.userId, proposer)))
    .orderBy(asc(members.createdAt))
    .limit(DECIDERS_SHOWN);
  return rows.map(({ name, email }) => name ?? email);
}

async function pendingOf(scope: Scope, active: Policy, change: PolicyChangeRow): Promise<PendingChange> {
  const { id, profile, tightening, reason, proposedBy, proposedAt } = change;
  const next = policyFor(change);
  const comparison = compare(active, next);
  const proposer = proposedBy.startsWith("user:") ? proposedBy.slice("user:".length) : "";
  const names = await nameReferences(scope, [proposedBy]);
  return {
    ...{ id, profile, tightening, reason, toRevision: next.revision, comparison },
    ...{ proposedBy: names.get(proposedBy)?.name ?? proposedBy, proposedAt: proposedAt.toISOString() },
    isOwn: proposer === scope.ctx.principal.id,
    affected: await affectedBy(scope, comparison),
    replayed: await replayDecisions(scope, next),
    deciders: await decidersOf(scope, active, proposer),
  };
}

/** What governs the tenant, and what waits to. */
export const getPolicy = defineRead({
  action: "policy.read",
  input: noInput,
  load: loadPolicy,
  read: async (scope) => {
    const { ctx, tx } = scope;
    const { governanceProfile: profile, tightening, followsDefault } = ctx.tenant;
    const active = policyFor({ profile, tightening });
    const waits = and(eq(policyChanges.tenantId, ctx.tenantId), eq(policyChanges.status, "pending"));
    const [change] = await tx.select().from(policyChanges).where(waits);
    return {
      ...{ profile, tightening, followsDefault, revision: active.revision },
      /** Of all that decides now: more than one while something waits. */
      deciding: policiesOf(ctx.tenant).map(({ revision }) => revision),
      /** Another default of the deployment decides already, and is not on record as a change yet. */
      waitsUnrecorded: change === undefined && pendingChoice(ctx.tenant, env().CONDUCTOR_GOVERNANCE_PROFILE) !== null,
      pending: change === undefined ? null : await pendingOf(scope, active, change),
    };
  },
});

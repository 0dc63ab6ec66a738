import { eq } from "drizzle-orm";
import { policyChanges, tenants } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { type Choice, policyFor } from "@/policies/packs/tightening";
import { compare, isNowhereLooser } from "@/policies/simulate/compare";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { policyProposed } from "./events";
import { keepSnapshots } from "./keep-snapshots";
import { loadPolicy, lockTenant } from "./load";
import { readChoice } from "./read-choice";
import { proposePolicySchema } from "./schemas";

interface Proposal extends Choice {
  tenantId: string;
  changeId: string;
  reason: string;
  proposedBy: string;
  proposedAt: Date;
}

/**
 * Puts a choice on record as the tenant's pending one, its row locked; from then on the stricter answer of both counts. Refuses
 * (Conflict) while another waits, and what is the tenant's policy already.
 */
export async function recordProposal(tx: Tx, { changeId, ...proposal }: Proposal) {
  const { tenantId, profile, tightening, proposedAt } = proposal;
  const tenant = await lockTenant(tx, tenantId);
  if (tenant.pendingPolicy !== null)
    throw conflict("Another change of the policy waits for its second person. Decide it, or withdraw it, first.");
  const active = policyFor({ profile: tenant.governanceProfile, tightening: tenant.tightening });
  const next = policyFor({ profile, tightening });
  if (next.revision === active.revision) throw conflict("This is the policy of the tenant already.");
  const revisions = { fromRevision: active.revision, toRevision: next.revision };
  await tx.insert(policyChanges).values({ ...proposal, id: changeId, ...revisions });
  await tx.update(tenants).set({ pendingPolicy: { profile, tightening } }).where(eq(tenants.tenantId, tenantId));
  await keepSnapshots(tx, tenantId, proposedAt, [active, next]);
  return { ...revisions, isNowhereLooser: isNowhereLooser(compare(active, next)) };
}

/**
 * Proposes another pack, or another tightening of it. Until a second person approves it, the stricter answer of the present
 * policy and the proposed one counts for each question. Refuses what is looser than its pack or breaks a promise (Invalid,
 * with the line), and a second proposal beside one that waits (Conflict).
 */
export const proposePolicy = defineWrite({
  action: "policy.propose",
  receipt: "policy.propose",
  // A pack as it is may be chosen by whoever has packs at all, so that a tightening can be left again.
  feature: {
    oneOf: ["governance-packs", "own-policy"],
    of: ({ tightening }) => (tightening.trim() === "" ? "governance-packs" : "own-policy"),
  },
  input: proposePolicySchema,
  load: loadPolicy,
  write: async ({ ctx, tx, now }, { reason, ...chosen }) => {
    const { tenantId } = ctx;
    const changeId = ctx.newId("policyChange");
    const choice = readChoice(chosen);
    const by = { tenantId, changeId, reason, proposedBy: actorRef(ctx.actor), proposedAt: now };
    const recorded = await recordProposal(tx, { ...choice, ...by });
    return {
      value: { changeId, toRevision: recorded.toRevision },
      subject: `policy_change:${changeId}`,
      detail: { ...recorded, profile: choice.profile, tightening: choice.tightening, reason },
      events: [eventOf(policyProposed, { tenantId, changeId })],
    };
  },
});

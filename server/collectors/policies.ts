import { and, asc, desc, eq, gte, lte, ne } from "drizzle-orm";
import { policyChanges, policySnapshots, tenants } from "@/db/schema";
import type { Policy } from "@/policies/access/policy";
import { shippedPolicy } from "@/policies/packs";
import { policyFor } from "@/policies/packs/tightening";
import { compare, isNowhereLooser } from "@/policies/simulate/compare";
import { must } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import { type Collector, type CollectorScope, jsonDocument } from "./collector";

const asJson = (value: object) => JSON.parse(JSON.stringify(value)) as Json;

async function inForce({ tx, tenantId }: CollectorScope) {
  const [row] = await tx.select().from(tenants).where(eq(tenants.tenantId, tenantId));
  const { governanceProfile: profile, tightening } = must(row, "a tenant collects");
  return { profile, tightening, policy: policyFor({ profile, tightening }) };
}

/** What the policy before this one answered otherwise; null for a tenant's first. */
async function changedSince({ tx, tenantId, now }: CollectorScope, policy: Policy) {
  const [before] = await tx
    .select()
    .from(policySnapshots)
    .where(
      and(
        ...[eq(policySnapshots.tenantId, tenantId), ne(policySnapshots.revision, policy.revision)],
        lte(policySnapshots.at, now),
      ),
    )
    .orderBy(desc(policySnapshots.at), desc(policySnapshots.revision))
    .limit(1);
  if (before === undefined) return null;
  return { revision: before.revision, ...compare({ ...policy, ...before.policy }, policy) };
}

/** The policy that decides, whole; what it answers otherwise than the one before; and who changed it with whom. */
export const policySnapshot: Collector = {
  kind: "policy-snapshot",
  collect: async (scope) => {
    const { tx, tenantId, from, now } = scope;
    const { profile, tightening, policy } = await inForce(scope);
    const { revision, pack, clauses } = policy;
    const decided = and(gte(policyChanges.decidedAt, from), lte(policyChanges.decidedAt, now));
    const rows = await tx
      .select()
      .from(policyChanges)
      .where(and(eq(policyChanges.tenantId, tenantId), decided))
      .orderBy(asc(policyChanges.decidedAt), asc(policyChanges.id));
    const changes = rows.map(({ tenantId: _, ...change }) => change);
    const byOnePerson = changes.filter(
      ({ status, decidedBy, proposedBy }) => status === "approved" && (decidedBy === null || decidedBy === proposedBy),
    ).length;
    const document = asJson({
      profile,
      tightening,
      revision,
      pack,
      clauses,
      before: await changedSince(scope, policy),
      changes,
    });
    return [
      {
        ...{ subject: profile, title: `${profile} in force`, fileName: `policy-${revision}.json` },
        ...{ ...jsonDocument(document), covers: { from, to: now } },
        facts: { revision, changes: changes.length, byOnePerson },
      },
    ];
  },
};

/** What the tenant's policy answers otherwise than the pack that is shipped, over every question there is. */
export const policySimulation: Collector = {
  kind: "simulation-report",
  collect: async (scope) => {
    const { profile, policy } = await inForce(scope);
    const shipped = shippedPolicy(profile);
    const comparison = compare(shipped, policy);
    const verdict = isNowhereLooser(comparison) ? "nowhere looser" : "looser";
    const document = asJson({ profile, shipped: shipped.revision, revision: policy.revision, verdict, ...comparison });
    return [
      {
        ...{ subject: profile, title: `${profile} against the pack that is shipped: ${verdict}` },
        ...{ fileName: `simulation-${policy.revision}.json`, ...jsonDocument(document), covers: null },
        facts: { revision: policy.revision, shipped: shipped.revision, verdict, asked: comparison.asked },
      },
    ];
  },
};

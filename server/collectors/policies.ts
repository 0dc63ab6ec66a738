import { and, asc, desc, eq, gte, lte, ne } from "drizzle-orm";
import { policyChanges, policySnapshots, tenants } from "@/db/schema";
import { decide } from "@/policies/access/decide";
import { type Policy, policyIn } from "@/policies/access/policy";
import { ALL_ACTIONS, ROLES } from "@/policies/access/vocabulary";
import { bundleOf, bundleTexts, verifyBundle } from "@/policies/compile/bundle";
import type { RegoTest } from "@/policies/compile/rego-tests";
import { shippedPolicy } from "@/policies/packs";
import { policyFor } from "@/policies/packs/tightening";
import { requestFor } from "@/policies/simulate/ask";
import { compare, isNowhereLooser } from "@/policies/simulate/compare";
import { must } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import { type Collector, type CollectorScope, jsonDocument, monthOf } from "./collector";

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

/** Every role and what it may do, asked as plainly as can be, with what the policy answers: OPA's tests of the bundle. */
const plainQuestions = (policy: Policy, profile: string): RegoTest[] =>
  ROLES.flatMap((role) =>
    ALL_ACTIONS.map((action) => {
      const request = requestFor({ profile, role, action }, policy.regions);
      return { title: `${role} asks for ${action}`, request, allow: decide([policy], request).allow };
    }),
  );

/** The policy that decides, signed as a bundle that OPA loads, tests itself by and asks; each once a month. */
export const policyBundle: Collector = {
  kind: "policy-bundle",
  collect: async (scope) => {
    const { regions, bundleKey } = scope.deployment;
    const { profile, policy } = await inForce(scope);
    const spoken = policyIn(policy, regions);
    const tests = plainQuestions(spoken, profile);
    const content = bundleOf(bundleTexts(spoken, tests), bundleKey);
    const { revision } = verifyBundle(content, bundleKey.publicKey);
    const publicKey = bundleKey.publicKey.export({ format: "pem", type: "spki" }).toString();
    return [
      {
        ...{ subject: profile, title: `${profile} as a bundle for OPA`, fileName: `policy-${policy.revision}.tar.gz` },
        ...{ mediaType: "application/vnd.openpolicyagent.bundle.tar+gzip", content, covers: null },
        facts: { revision, policy: policy.revision, tests: tests.length, keyId: bundleKey.keyId, publicKey },
        once: `policy-bundle:${revision}:${monthOf(scope.now)}`,
      },
    ];
  },
};

import { type Choice, policyFor } from "@/policies/packs/tightening";
import type { Governing } from "@/policies/packs/governing";
import { GOVERNANCE_PROFILES, type GovernanceProfile } from "@/policies/access/vocabulary";
import { canonicalJson } from "@/server/kernel/json";
import type { Difference } from "./domain/difference";

/** What a receipt says that a tenant is governed by from there on, and what that came to then. */
interface RecordedChoice extends Choice {
  revision: string | null;
}

/** What a tenant decides by, and what its receipts say that it should. */
interface TenantPolicy {
  tenantId: string;
  slug: string;
  /** As its row says. */
  governing: Governing;
  /** As the last receipt that set it says; null where none did. */
  active: RecordedChoice | null;
  /** As the last receipt says that proposed something which was not decided since; null where nothing waits. */
  pending: RecordedChoice | null;
}

const isProfile = (word: unknown): word is GovernanceProfile =>
  (GOVERNANCE_PROFILES as readonly unknown[]).includes(word);
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const textIn = (of: Readonly<Record<string, unknown>>, name: string) => {
  const value = of[name];
  return typeof value === "string" ? value : null;
};
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** The part of a receipt that says what governs a tenant from there on, or waits to; null where it says none. */
export function recordedChoice(body: unknown): RecordedChoice | null {
  if (!isRecord(body)) return null;
  const detail = isRecord(body.detail) ? body.detail : {};
  // A change names what it comes to; a tenant that was made decides by the revision that its receipt was written under.
  const revision = textIn(detail, "toRevision") ?? textIn(body, "revision");
  const profile = detail.profile ?? detail.governanceProfile ?? revision?.split("@")[0];
  if (!isProfile(profile)) return null;
  // It was parsed before it was put on record.
  const tightening = (isRecord(detail.tightening) ? detail.tightening : {}) as Choice["tightening"];
  return { profile, tightening, revision };
}

const written = (choice: Choice | null) =>
  choice === null ? "nothing" : canonicalJson({ profile: choice.profile, tightening: choice.tightening });

/** The tenant's row says otherwise than its receipts: somebody changed it past the product. */
function otherChoice({ tenantId, slug, governing, active, pending }: TenantPolicy): Difference[] {
  if (active === null) return [];
  const { governanceProfile: profile, tightening, pendingPolicy } = governing;
  const expected = `${written(active)}; waits: ${written(pending)}`;
  const found = `${written({ profile, tightening })}; waits: ${written(pendingPolicy)}`;
  if (expected === found) return [];
  const waits = pending === null ? "null" : literal(written(pending));
  return [
    {
      kind: "tenant_policy",
      key: `tenant_policy:${tenantId}`,
      title: `${slug} decides by another policy than its receipts say`,
      ...{ expected, found },
      undo: {
        runs: "sql",
        // A login that owns the database and is no superuser stands before the wall too.
        text: [
          `select set_config('app.tenant_id', ${literal(tenantId)}, false);`,
          `update public.tenants set governance_profile = ${literal(active.profile)}, ` +
            `tightening = ${literal(JSON.stringify(active.tightening))}, pending_policy = ${waits} ` +
            `where tenant_id = ${literal(tenantId)};`,
          "reset app.tenant_id;",
        ].join("\n"),
      },
    },
  ];
}

/** What is shipped comes to another policy than the one that the tenant took over. */
function otherRevision({ tenantId, slug, active }: TenantPolicy): Difference[] {
  if (active === null || active.revision === null) return [];
  const { revision } = policyFor(active);
  // While another default of the deployment waits, receipts name both.
  if (active.revision.split(" & ").includes(revision)) return [];
  return [
    {
      kind: "pack",
      key: `pack:${tenantId}`,
      title: `What is shipped as ${active.profile} is not what ${slug} took over`,
      ...{ expected: active.revision, found: revision },
      undo: {
        runs: "command",
        text: `npx conductor drift accept --tenant ${slug} --key pack:${tenantId} --reason "The pack of this release was reviewed"`,
      },
    },
  ];
}

/** Where a tenant does not decide by what its receipts say: another choice, or another content of it. */
export const comparePolicies = (tenants: readonly TenantPolicy[]): (Difference & { tenantId: string })[] =>
  tenants.flatMap((tenant) =>
    [...otherChoice(tenant), ...otherRevision(tenant)].map((one) => ({ ...one, tenantId: tenant.tenantId })),
  );

import type { Difference } from "./difference";

/** What a tenant decides by, and what its receipts say that it should. */
export interface TenantPolicy {
  tenantId: string;
  slug: string;
  /** As its row says. */
  profile: string;
  /** Of the pack that its row names, as it is shipped. */
  revision: string;
  /** As the last receipt that set it says; null where none did. */
  recorded: { profile: string; revision: string | null } | null;
}

const profileOf = (revision: string) => revision.split("@")[0] ?? revision;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The part of a receipt that says by which pack a tenant decides from there on; null where it says none. */
export function recordedPolicy(body: unknown): TenantPolicy["recorded"] {
  if (typeof body !== "object" || body === null) return null;
  const revision = "revision" in body && typeof body.revision === "string" ? body.revision : null;
  const detail = "detail" in body && typeof body.detail === "object" ? body.detail : null;
  const named = detail !== null && "governanceProfile" in detail ? detail.governanceProfile : null;
  const profile = typeof named === "string" ? named : revision === null ? null : profileOf(revision);
  return profile === null ? null : { profile, revision };
}

/** The tenant's pack is another than its receipts say: somebody changed its row past the product. */
function otherProfile({ tenantId, slug, profile, recorded }: TenantPolicy): Difference[] {
  if (recorded === null || recorded.profile === profile) return [];
  return [
    {
      kind: "tenant_policy",
      key: `tenant_policy:${tenantId}`,
      title: `${slug} decides by another pack than its receipts say`,
      ...{ expected: recorded.profile, found: profile },
      undo: {
        runs: "sql",
        // A login that owns the database and is no superuser stands before the wall too.
        text: [
          `select set_config('app.tenant_id', ${literal(tenantId)}, false);`,
          `update public.tenants set governance_profile = ${literal(recorded.profile)} where tenant_id = ${literal(tenantId)};`,
          "reset app.tenant_id;",
        ].join("\n"),
      },
    },
  ];
}

/** The pack is shipped with another content than the one that the tenant's receipts name. */
function otherRevision({ tenantId, slug, profile, revision, recorded }: TenantPolicy): Difference[] {
  if (recorded === null || recorded.revision === null || recorded.profile !== profile) return [];
  // While a change waits for its second person, receipts name both.
  if (recorded.revision.split(" & ").includes(revision)) return [];
  return [
    {
      kind: "pack",
      key: `pack:${tenantId}`,
      title: `What is shipped as ${profile} is not what ${slug} took over`,
      ...{ expected: recorded.revision, found: revision },
      undo: {
        runs: "command",
        text: `npx conductor drift accept --tenant ${slug} --key pack:${tenantId} --reason "The pack of this release was reviewed"`,
      },
    },
  ];
}

/** Where a tenant does not decide by what its receipts say: another pack, or another content of it. */
export const comparePolicies = (tenants: readonly TenantPolicy[]): (Difference & { tenantId: string })[] =>
  tenants.flatMap((tenant) =>
    [...otherProfile(tenant), ...otherRevision(tenant)].map((one) => ({ ...one, tenantId: tenant.tenantId })),
  );

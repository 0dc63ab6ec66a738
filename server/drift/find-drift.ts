import { gt, sql } from "drizzle-orm";
import { expectedCatalogue, readCatalogue } from "@/db/catalogue";
import { processes, remediationTasks } from "@/db/schema";
import { type Tx, withSystem } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { replay } from "@/policies/access/replay";
import type { Action, GovernanceProfile } from "@/policies/access/vocabulary";
import { policiesOf, revisionOf } from "@/server/verb";
import { compareDecisions } from "./domain/compare-decisions";
import { compareObjects } from "./domain/compare-objects";
import { comparePolicies, recordedPolicy } from "./domain/compare-policy";
import { compareProcesses, GONE_AFTER_MS } from "./domain/compare-processes";
import { compareTables } from "./domain/compare-tables";
import type { Difference } from "./domain/difference";
import type { RunningCode } from "./running-code";

/** A difference and whose it is; null of the deployment where no tenant operates it. */
export interface Found extends Difference {
  tenantId: string | null;
}

interface TenantRow extends Record<string, unknown> {
  tenant_id: string;
  slug: string;
  is_operator: boolean;
  governance_profile: GovernanceProfile;
  recorded: unknown;
}

/** Receipts that say what a tenant decides by from there on. A row is changed past the product when they do not know of it. */
const tenantRows = sql`
  select t.tenant_id, t.slug, t.is_operator, t.governance_profile, r.body::jsonb as recorded
  from tenants t
  left join lateral (select body from receipts where tenant_id = t.tenant_id and subject = 'tenant:' || t.tenant_id
      and (action in ('tenant.create', 'tenant.seed') or action like 'policy.%')
      and (body ->> 'revision' is not null or body -> 'detail' ->> 'governanceProfile' is not null)
    order by seq desc limit 1) r on true
  order by t.tenant_id`;

/** Decisions that are decided again in one look, of all tenants together. */
const SAMPLE = 5_000;
const MOST_PER_TENANT = 20;

interface DecisionRow extends Record<string, unknown> {
  tenant_id: string;
  id: string;
  seq: string;
  action: Action;
  revision: string;
  allow: boolean;
  vocabulary: number;
  profile: GovernanceProfile;
  roles: number;
  word: number;
}

/** The newest decisions of each tenant that name their key, but for those that no pack's rule made. */
const newestDecisions = (perTenant: number) => sql`
  select t.tenant_id, d.id, d.seq, d.action, d.body ->> 'revision' as revision, (d.body ->> 'allow')::boolean as allow,
    (d.body #>> '{key,vocabulary}')::int as vocabulary, d.body #>> '{key,profile}' as profile,
    (d.body #>> '{key,roles}')::int as roles, (d.body #>> '{key,word}')::int as word
  from tenants t
  cross join lateral (select * from decisions where tenant_id = t.tenant_id order by seq desc limit ${perTenant}) d
  where d.body #>> '{key,word}' is not null and coalesce(d.body ->> 'isBesidePolicy', 'false') = 'false'
  order by t.tenant_id, d.seq`;

async function readDecisions(tx: Tx, tenants: readonly TenantRow[]) {
  const perTenant = Math.max(1, Math.min(MOST_PER_TENANT, Math.floor(SAMPLE / Math.max(1, tenants.length))));
  const { rows } = await tx.execute<DecisionRow>(newestDecisions(perTenant));
  const byId = new Map(tenants.map((tenant) => [tenant.tenant_id, tenant]));
  return rows.flatMap(({ tenant_id: tenantId, id, seq, action, revision, allow, ...key }) => {
    const tenant = byId.get(tenantId);
    if (tenant === undefined) return [];
    // Under the very revision that it names, when that is one by which the tenant decides now.
    const own = policiesOf({ governanceProfile: tenant.governance_profile }).filter((one) => one.revision === revision);
    const says = own.length === 0 ? null : (replay(own, action, key)?.allow ?? null);
    return [{ tenantId, slug: tenant.slug, id, seq: Number(seq), action, revision, allowed: allow, says }];
  });
}

export type KnownTask = Pick<
  typeof remediationTasks.$inferSelect,
  "tenantId" | "id" | "key" | "found" | "closedAt" | "acceptedFound" | "times"
>;

const taskColumns = {
  ...{ tenantId: remediationTasks.tenantId, id: remediationTasks.id, key: remediationTasks.key },
  ...{ found: remediationTasks.found, closedAt: remediationTasks.closedAt, times: remediationTasks.times },
  acceptedFound: remediationTasks.acceptedFound,
};

export interface Drift {
  /** What differs and was not accepted. */
  differences: Found[];
  /** All tasks there are, open and closed. */
  tasks: KnownTask[];
}

/**
 * Compares the deployment and every tenant with what they should be: database, packs, tenants' policies, processes, and
 * decisions on record. It changes nothing. Throws where something cannot be looked at: not knowing is no all-clear.
 */
export function findDrift(ctx: { database: Database; now: Date; code: RunningCode }): Promise<Drift> {
  const { now, code } = ctx;
  return withSystem(ctx, "detect-drift", async (tx) => {
    const expected = expectedCatalogue();
    const catalogue = await readCatalogue(tx);
    const tenants = (await tx.execute<TenantRow>(tenantRows)).rows;
    const seen = gt(processes.seenAt, new Date(now.getTime() - GONE_AFTER_MS));
    const serving = await tx.select().from(processes).where(seen);
    const operating = tenants.find((tenant) => tenant.is_operator)?.tenant_id ?? null;
    const ofDeployment = [
      ...compareTables(expected, catalogue),
      ...compareObjects(expected, catalogue),
      ...compareProcesses(serving, code, now),
    ].map((one) => ({ ...one, tenantId: operating }));
    const ofTenants = [
      ...comparePolicies(
        tenants.map(({ tenant_id: tenantId, slug, governance_profile: profile, recorded }) => ({
          ...{ tenantId, slug, profile, revision: revisionOf({ governanceProfile: profile }) },
          recorded: recordedPolicy(recorded),
        })),
      ),
      ...compareDecisions(await readDecisions(tx, tenants)),
    ];
    const tasks = await tx.select(taskColumns).from(remediationTasks);
    const accepted = new Set(tasks.map(({ tenantId, key, acceptedFound }) => `${tenantId} ${key} ${acceptedFound}`));
    const differences = [...ofDeployment, ...ofTenants].filter(
      ({ tenantId, key, found }) => !accepted.has(`${tenantId} ${key} ${found}`),
    );
    return { differences, tasks };
  });
}

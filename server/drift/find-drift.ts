import { gt, sql } from "drizzle-orm";
import { expectedCatalogue, readCatalogue } from "@/db/catalogue";
import { processes, remediationTasks } from "@/db/schema";
import { type Tx, withSystem } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { replay } from "@/policies/access/replay";
import type { Action, GovernanceProfile } from "@/policies/access/vocabulary";
import type { Governing } from "@/policies/packs/governing";
import { env } from "@/server/platform/env";
import { policiesOf } from "@/server/verb";
import { compareDecisions } from "./domain/compare-decisions";
import { compareObjects } from "./domain/compare-objects";
import { comparePolicies, recordedChoice } from "./compare-policy";
import { compareRegions, type OfUnknownRegion } from "./domain/compare-regions";
import { compareProcesses, GONE_AFTER_MS } from "./domain/compare-processes";
import { compareTables } from "./domain/compare-tables";
import type { Difference } from "./domain/difference";
import type { RunningCode } from "./running-code";

/** A difference and whose it is; null of the deployment where no tenant operates it. */
export interface Found extends Difference {
  tenantId: string | null;
  /** It concerns all tenants, and whoever operates: it is told whatever that tenant's plan is. */
  isOfDeployment: boolean;
}

interface TenantRow extends Record<string, unknown> {
  tenant_id: string;
  slug: string;
  is_operator: boolean;
  governance_profile: GovernanceProfile;
  tightening: Governing["tightening"];
  pending_policy: Governing["pendingPolicy"];
  follows_default: boolean;
  active: unknown;
  pending: unknown;
}

const governingOf = (row: TenantRow): Governing => ({
  ...{ governanceProfile: row.governance_profile, tightening: row.tightening },
  ...{ pendingPolicy: row.pending_policy, followsDefault: row.follows_default },
});

/** Receipts that say what a tenant decides by from there on. A row is changed past the product when they do not know of it. */
const tenantRows = sql`
  select t.tenant_id, t.slug, t.is_operator, t.governance_profile, t.follows_default,
    t.tightening::jsonb as tightening, t.pending_policy::jsonb as pending_policy,
    a.body::jsonb as active, p.body::jsonb as pending
  from tenants t
  left join lateral (select body from receipts where tenant_id = t.tenant_id
      and (action in ('tenant.create', 'tenant.seed')
        or action = 'policy.decide' and body #>> '{detail,status}' = 'approved')
    order by seq desc limit 1) a on true
  left join lateral (select case when action = 'policy.propose' then body end as body from receipts
    where tenant_id = t.tenant_id and action in ('policy.propose', 'policy.decide', 'policy.withdraw')
    order by seq desc limit 1) p on true
  order by t.tenant_id`;

/** Decisions that are decided again in one look, of all tenants together. */
const SAMPLE = 5_000;
const MOST_PER_TENANT = 20;

type RegionRow = OfUnknownRegion & Record<string, unknown>;

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
    const own = policiesOf(governingOf(tenant)).filter((one) => one.revision === revision);
    const says = own.length === 0 ? null : (replay(own, action, key)?.allow ?? null);
    return [{ tenantId, slug: tenant.slug, id, seq: Number(seq), action, revision, allowed: allow, says }];
  });
}

/**
 * Who asks with a region that the deployment does not have: whatever they ask is malformed. Workflows are not read here, as
 * this role sees no tenant's work; whoever opens one of such a region is told.
 */
const rowsByRegion = (regions: readonly string[]) => {
  const isNone = sql`region <> all(${sql.param([...regions])}::text[])`;
  return sql`
  select t.tenant_id as "tenantId", t.slug, f.kind, f.region, f.count
  from (
    select tenant_id, 'member' as kind, region, count(*)::int as count from members where ${isNone} group by 1, 3
    union all select tenant_id, 'invitation', region, count(*)::int from invitations
      where status = 'pending' and ${isNone} group by 1, 3
    union all select tenant_id, 'API key', region, count(*)::int from api_keys
      where revoked_at is null and ${isNone} group by 1, 3
    union all select tenant_id, 'trigger', region, count(*)::int from triggers
      where deleted_at is null and ${isNone} group by 1, 3
  ) f join tenants t on t.tenant_id = f.tenant_id
  order by 1, 3, 4`;
};

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
  const { CONDUCTOR_REGIONS: regions } = env();
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
    ].map((one) => ({ ...one, tenantId: operating, isOfDeployment: true }));
    const ofTenants = [
      ...comparePolicies(
        tenants.map((row) => ({
          ...{ tenantId: row.tenant_id, slug: row.slug, governing: governingOf(row) },
          ...{ active: recordedChoice(row.active), pending: recordedChoice(row.pending) },
        })),
      ),
      ...compareDecisions(await readDecisions(tx, tenants)),
      ...compareRegions((await tx.execute<RegionRow>(rowsByRegion(regions))).rows, regions),
    ].map((one) => ({ ...one, isOfDeployment: false }));
    const tasks = await tx.select(taskColumns).from(remediationTasks);
    const accepted = new Set(tasks.map(({ tenantId, key, acceptedFound }) => `${tenantId} ${key} ${acceptedFound}`));
    const differences = [...ofDeployment, ...ofTenants].filter(
      ({ tenantId, key, found }) => !accepted.has(`${tenantId} ${key} ${found}`),
    );
    return { differences, tasks };
  });
}

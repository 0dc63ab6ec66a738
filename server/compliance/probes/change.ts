import { and, desc, eq, sql } from "drizzle-orm";
import { policyChanges, tenants, workflowVersions } from "@/db/schema";
import { policyFor } from "@/policies/packs/tightening";
import { digestJson } from "@/server/kernel/json";
import { ask, at, before, fail, noneBreaks, pass, type Probe, unknown } from "./probe";

/** Of those that were retired since, the last 100 days. */
export const publishedReviewed = noneBreaks(
  ({ tenantId, now }) => sql`select v.id from workflow_versions v where v.tenant_id = ${tenantId}
    and (v.status = 'published' or v.published_at > ${before(now, 100, "day")})
    and not exists (select 1 from workflow_reviews r where r.tenant_id = v.tenant_id and r.version_id = v.id
      and r.verdict = 'approved' and r.content_hash = v.content_hash and r.reviewer_id <> all (v.contributors))`,
  {
    holds: "Every published version was approved by somebody who had no part in it.",
    breaks: (count) => `${count} published versions were approved by nobody but their authors.`,
  },
);

/** Published versions are hashed anew: at most as many as a tenant has workflows. */
export const publishedUnchanged: Probe = async ({ tx, tenantId }) => {
  const rows = await tx
    .select({ id: workflowVersions.id, definition: workflowVersions.definition, hash: workflowVersions.contentHash })
    .from(workflowVersions)
    .where(and(eq(workflowVersions.tenantId, tenantId), eq(workflowVersions.status, "published")));
  const changed = rows.filter(({ definition, hash }) => digestJson(definition) !== hash).map(({ id }) => id);
  return changed.length === 0
    ? pass(`${rows.length} published versions have the hash that was approved.`, { versions: rows.length })
    : fail(`${changed.length} published versions are not what was approved.`, { ids: changed.slice(0, 20) });
};

export const policySecondPerson = noneBreaks(
  ({ tenantId }) => sql`select id from policy_changes where tenant_id = ${tenantId} and status = 'approved'
    and (decided_by is null or decided_by = proposed_by)`,
  {
    holds: "Each change of the policy was approved by a second person.",
    breaks: (count) => `${count} changes of the policy were approved by whoever proposed them.`,
  },
);

export const approvedByAnother = noneBreaks(
  ({ tenantId }) => sql`select v.approval_id as id from approval_votes v
    join approvals a on a.tenant_id = v.tenant_id and a.id = v.approval_id
    where v.tenant_id = ${tenantId} and v.verdict = 'approved' and v.voter_id = any (a.requesters)`,
  {
    holds: "No approval came from whoever asked for it.",
    breaks: (count) => `${count} approvals came from whoever asked for them.`,
  },
);

export const policyAsApproved: Probe = async ({ tx, tenantId }) => {
  const [tenant] = await tx.select().from(tenants).where(eq(tenants.tenantId, tenantId));
  if (tenant === undefined) return unknown("The tenant is not there.");
  const { governanceProfile: profile, tightening } = tenant;
  const { revision } = policyFor({ profile, tightening });
  const [last] = await tx
    .select({ id: policyChanges.id, profile: policyChanges.profile, tightening: policyChanges.tightening })
    .from(policyChanges)
    .where(and(eq(policyChanges.tenantId, tenantId), eq(policyChanges.status, "approved")))
    .orderBy(desc(policyChanges.decidedAt), desc(policyChanges.id))
    .limit(1);
  if (last === undefined && Object.keys(tightening).length > 0)
    return fail("Rules of the tenant's own are in force that nobody approved.", { revision });
  if (last !== undefined && policyFor(last).revision !== revision)
    return fail("The policy in force is not the one that was approved last.", { revision, change: last.id });
  return pass("The policy in force is the one that was approved.", { revision });
};

export const driftClean: Probe = async (scope) => {
  const [check] = await ask<{ late: boolean; failed: boolean }>(
    scope,
    sql`select checked_at < ${before(scope.now, 10, "minute")} as late, fault is not null as failed from drift_checks limit 1`,
  );
  if (check === undefined) return unknown("Nothing was compared yet with what it should be.");
  if (check.failed || check.late) return unknown("The last look for drift did not get through, or is too long ago.");
  return noneBreaks(
    ({ tenantId }) => sql`select id from remediation_tasks where tenant_id = ${tenantId} and closed_at is null`,
    { holds: "Nothing differs.", breaks: (count) => `${count} differences are open.` },
  )(scope);
};

export const remediationsInTime = noneBreaks(
  ({ tenantId, now }) => sql`select id from remediation_tasks where tenant_id = ${tenantId} and closed_at is null
    and due_at < ${at(now)}`,
  { holds: "No difference is open past its day.", breaks: (count) => `${count} differences are open past their day.` },
);

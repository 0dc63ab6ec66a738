import { and, arrayContains, arrayOverlaps, asc, eq, inArray, not } from "drizzle-orm";
import {
  approvals,
  approvalVotes,
  members,
  notifications,
  remediationTasks,
  runs,
  tenants,
  workflows,
  workflowVersions,
} from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { DATA_SENSITIVITIES } from "@/policies/access/vocabulary";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";

export interface TellContext {
  database: Database;
  tenantId: string;
  clock: Clock;
  newId: NewId;
}

interface Message {
  /** What is told, once per person. */
  dedupe: string;
  title: string;
  href: string;
}

/** Tells people something, once each. Gives the user ids of those who had not been told. */
export async function tell(
  tx: Tx,
  ctx: Omit<TellContext, "database">,
  userIds: readonly string[],
  message: Message,
): Promise<string[]> {
  if (userIds.length === 0) return [];
  const told = await tx
    .insert(notifications)
    .values(
      userIds.map((userId) => ({
        ...{ tenantId: ctx.tenantId, id: ctx.newId("notification"), userId, createdAt: ctx.clock.now(), ...message },
      })),
    )
    .onConflictDoNothing()
    .returning({ userId: notifications.userId });
  return told.map(({ userId }) => userId);
}

async function findVersion(tx: Tx, ctx: TellContext, versionId: string) {
  const [row] = await tx
    .select({ version: workflowVersions, slug: workflows.slug, tenantSlug: tenants.slug })
    .from(workflowVersions)
    .innerJoin(workflows, and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflowVersions.workflowId)))
    .innerJoin(tenants, eq(tenants.tenantId, workflowVersions.tenantId))
    .where(and(eq(workflowVersions.tenantId, ctx.tenantId), eq(workflowVersions.id, versionId)));
  return row;
}

/** The same, as how many were told now. */
export const countTold = async (...told: Parameters<typeof tell>): Promise<number> => (await tell(...told)).length;

/** Tells every member who may review a submitted version. Returns how many were told now. */
export async function tellReviewers(ctx: TellContext, versionId: string): Promise<number> {
  return withTenant(ctx, async (tx) => {
    const found = await findVersion(tx, ctx, versionId);
    if (found === undefined) return 0;
    const { version, slug, tenantSlug } = found;
    const reaching = DATA_SENSITIVITIES.slice(DATA_SENSITIVITIES.indexOf(version.dataSensitivity));
    const reviewers = await tx
      .select({ userId: members.userId })
      .from(members)
      .where(
        and(
          eq(members.tenantId, ctx.tenantId),
          arrayContains(members.roles, ["workflow_reviewer"]),
          inArray(members.clearance, [...reaching]),
          not(inArray(members.userId, version.contributors)),
        ),
      );
    return countTold(
      tx,
      ctx,
      reviewers.map(({ userId }) => userId),
      {
        // The hash is part of it: an edited version that is submitted again is news again.
        dedupe: `workflow.submitted:${versionId}:${version.contentHash}`,
        title: `${version.definition.name} v${version.number} waits for your review`,
        href: `/t/${tenantSlug}/workflows/${slug}`,
      },
    );
  });
}

/** Tells everyone who wrote a version what its reviewer decided. */
export async function tellAuthors(
  ctx: TellContext,
  versionId: string,
  verdict: "approved" | "changes_requested",
  eventId: string,
): Promise<number> {
  return withTenant(ctx, async (tx) => {
    const found = await findVersion(tx, ctx, versionId);
    if (found === undefined) return 0;
    const { version, slug, tenantSlug } = found;
    const words = verdict === "approved" ? "was approved" : "needs changes, says its reviewer";
    return countTold(tx, ctx, version.contributors, {
      dedupe: `workflow.reviewed:${eventId}`,
      title: `${version.definition.name} v${version.number} ${words}`,
      href: `/t/${tenantSlug}/workflows/${slug}`,
    });
  });
}

/** Tells the person who started a run that it failed. */
export async function tellStarter(ctx: TellContext, runId: string): Promise<number> {
  return withTenant(ctx, async (tx) => {
    const [run] = await tx
      .select({ startedBy: runs.startedBy, name: workflows.name, tenantSlug: tenants.slug })
      .from(runs)
      .innerJoin(workflows, and(eq(workflows.tenantId, runs.tenantId), eq(workflows.id, runs.workflowId)))
      .innerJoin(tenants, eq(tenants.tenantId, runs.tenantId))
      .where(and(eq(runs.tenantId, ctx.tenantId), eq(runs.id, runId)));
    if (run === undefined || !run.startedBy.startsWith("user:")) return 0;
    return countTold(tx, ctx, [run.startedBy.slice("user:".length)], {
      dedupe: `run.finished:${runId}`,
      title: `A run of ${run.name} failed`,
      href: `/t/${run.tenantSlug}/runs/${runId}`,
    });
  });
}

/** The most who are told of one stage of a request for approval, and mailed about it. */
const MOST_APPROVERS = 50;

/** What a request for approval is about: who is told of it, and in which words. */
async function findAsked(tx: Tx, ctx: TellContext, approvalId: string) {
  const [found] = await tx
    .select({
      ...{ approval: approvals, dataSensitivity: runs.dataSensitivity, contributors: workflowVersions.contributors },
      ...{ name: workflows.name, tenantSlug: tenants.slug },
    })
    .from(approvals)
    .innerJoin(runs, and(eq(runs.tenantId, approvals.tenantId), eq(runs.id, approvals.runId)))
    .innerJoin(workflows, and(eq(workflows.tenantId, runs.tenantId), eq(workflows.id, runs.workflowId)))
    .innerJoin(
      workflowVersions,
      and(eq(workflowVersions.tenantId, runs.tenantId), eq(workflowVersions.id, runs.versionId)),
    )
    .innerJoin(tenants, eq(tenants.tenantId, approvals.tenantId))
    .where(and(eq(approvals.tenantId, ctx.tenantId), eq(approvals.id, approvalId)));
  return found;
}

/**
 * Tells those who may decide a stage of a request, the longest members first and fifty at most. Returns their user ids, also
 * when they were told before; none once that stage asks nobody any more.
 */
export async function tellApprovers(ctx: TellContext, approvalId: string, stage: number): Promise<string[]> {
  return withTenant(ctx, async (tx) => {
    const found = await findAsked(tx, ctx, approvalId);
    if (found?.approval.status !== "pending" || found.approval.stage !== stage) return [];
    const { approval, dataSensitivity, contributors, name, tenantSlug } = found;
    const voted = await tx
      .select({ voterId: approvalVotes.voterId })
      .from(approvalVotes)
      .where(and(eq(approvalVotes.tenantId, ctx.tenantId), eq(approvalVotes.approvalId, approvalId)));
    const excluded = [...contributors, ...approval.requesters, ...voted.map(({ voterId }) => voterId)];
    const approvers = await tx
      .select({ userId: members.userId })
      .from(members)
      .where(
        and(
          ...[eq(members.tenantId, ctx.tenantId), arrayContains(members.roles, [approval.role])],
          inArray(members.clearance, DATA_SENSITIVITIES.slice(DATA_SENSITIVITIES.indexOf(dataSensitivity))),
          not(inArray(members.userId, excluded)),
        ),
      )
      .orderBy(asc(members.createdAt), asc(members.id))
      .limit(MOST_APPROVERS);
    const userIds = approvers.map(({ userId }) => userId);
    await tell(tx, ctx, userIds, {
      dedupe: `approval.asked:${approvalId}:${stage}`,
      title: `${name} waits for your approval: ${approval.title}`,
      href: `/t/${tenantSlug}/approvals/${approvalId}`,
    });
    return userIds;
  });
}

/** Tells the person who started a run what became of a request for approval that was not given. */
export async function tellRequester(ctx: TellContext, approvalId: string, status: string): Promise<number> {
  return withTenant(ctx, async (tx) => {
    const found = await findAsked(tx, ctx, approvalId);
    if (found === undefined || !found.approval.requestedBy.startsWith("user:")) return 0;
    return countTold(tx, ctx, [found.approval.requestedBy.slice("user:".length)], {
      dedupe: `approval.ended:${approvalId}`,
      title: `${found.name}: the approval that you asked for is ${status}`,
      href: `/t/${found.tenantSlug}/approvals/${approvalId}`,
    });
  });
}

/** The most who are told of a difference, and mailed about it. */
const MOST_ADMINISTRATORS = 50;

/** Who administers a tenant, the longest members first and fifty at most. */
export async function administratorsOf(tx: Tx, tenantId: string): Promise<string[]> {
  const administrators = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), arrayOverlaps(members.roles, ["tenant_admin", "conductor_admin"])))
    .orderBy(asc(members.createdAt), asc(members.id))
    .limit(MOST_ADMINISTRATORS);
  return administrators.map(({ userId }) => userId);
}

/**
 * Tells the tenant's administrators what was found to differ. Returns their
 * user ids, also when they were told before; none when its task is closed again.
 */
export async function tellOfDrift(
  ctx: TellContext,
  { taskId, count, openedAt }: { taskId: string; count: number; openedAt: string },
): Promise<string[]> {
  return withTenant(ctx, async (tx) => {
    const [found] = await tx
      .select({ task: remediationTasks, tenantSlug: tenants.slug })
      .from(remediationTasks)
      .innerJoin(tenants, eq(tenants.tenantId, remediationTasks.tenantId))
      .where(and(eq(remediationTasks.tenantId, ctx.tenantId), eq(remediationTasks.id, taskId)));
    if (found === undefined || found.task.closedAt !== null) return [];
    const userIds = await administratorsOf(tx, ctx.tenantId);
    await tell(tx, ctx, userIds, {
      dedupe: `remediation.opened:${taskId}:${openedAt}`,
      title: count === 1 ? found.task.title : `${found.task.title}, and ${count - 1} more that differ`,
      href: `/t/${found.tenantSlug}/drift`,
    });
    return userIds;
  });
}

import { and, eq, inArray, ne } from "drizzle-orm";
import { members, workflows, workflowVersions } from "@/db/schema";
import { decide } from "@/policies/access/decide";
import { actorRef } from "@/server/kernel/actor";
import { conflict, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, policiesOf, type Scope } from "@/server/verb";
import { acceptAdapters } from "./adapter-issues";
import { approvalsNeeded, statusAfter, validApprovals } from "./domain/version-life";
import { workflowPublished } from "./events";
import { loadVersion, reviewsOf, type VersionRow, workflowResource } from "./load-version";
import { publishVersionSchema } from "./schemas";

async function replacePublished({ ctx, tx, now }: Scope, version: VersionRow): Promise<void> {
  const ofWorkflow = and(
    eq(workflowVersions.tenantId, ctx.tenantId),
    eq(workflowVersions.workflowId, version.workflowId),
  );
  await tx
    .update(workflowVersions)
    .set({ status: "retired", retiredAt: now })
    .where(and(ofWorkflow, eq(workflowVersions.status, "published"), ne(workflowVersions.id, version.id)));
  await tx
    .update(workflowVersions)
    .set({ status: "published", publishedAt: now, publishedBy: actorRef(ctx.actor), updatedAt: now })
    .where(and(ofWorkflow, eq(workflowVersions.id, version.id)));
  const { environment, region, riskProfile, businessUnit, dataSensitivity, importance } = version;
  await tx
    .update(workflows)
    .set({
      ...{ publishedVersionId: version.id, name: version.definition.name, updatedAt: now },
      ...{ environment, region, riskProfile, businessUnit, dataSensitivity, importance },
    })
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, version.workflowId)));
}

/** Tells who of those that have reviewed a version may do so with the rights they have now: nobody who has left. */
async function reviewersAmong({ ctx, tx }: Scope, version: VersionRow, reviews: readonly { reviewerId: string }[]) {
  const { userId: id, roles, region, businessUnit, clearance } = members;
  const ids = [...new Set(reviews.map(({ reviewerId }) => reviewerId))];
  const found = await tx
    .select({ id, roles, region, businessUnit, clearance })
    .from(members)
    .where(and(eq(members.tenantId, ctx.tenantId), inArray(id, ids)));
  const resource = workflowResource(version);
  const { tenantId } = ctx;
  const able = found.filter((member) => {
    const principal = { kind: "user", tenantId, ...member } as const;
    return decide(policiesOf(ctx.tenant), { principal, action: "workflow.review", resource }).allow;
  });
  const ableIds = new Set(able.map((member) => member.id));
  return (reviewerId: string) => ableIds.has(reviewerId);
}

/**
 * Makes a reviewed version the one that runs; the published one before it retires. Refuses a version that is not in
 * review or changed (Conflict), one that fewer people have approved than the pack asks for (PreconditionFailed; not counted are
 * contributors, those who may review no more, and approvals from before changes were asked for), and one with adapters that
 * ended (Invalid) or that the tenant is not entitled to (NotEntitled).
 */
export const publishVersion = defineWrite({
  action: "workflow.publish",
  receipt: "workflow.publish",
  input: publishVersionSchema,
  load: loadVersion,
  write: async (scope, { contentHash }, { version }, decision) => {
    if (statusAfter(version.status, "publish") === null)
      throw conflict(`Only a version in review can be published; this one is ${version.status}.`);
    if (version.contentHash !== contentHash) throw conflict("The text changed after you read it. Read it again first.");
    const reviews = await reviewsOf(scope, version.id);
    const approvers = validApprovals(version, reviews, await reviewersAmong(scope, version, reviews));
    const needed = approvalsNeeded(decision.obligations);
    if (approvers.length < needed)
      throw preconditionFailed(
        `${approvers.length} of ${needed} people who did not write this version have approved it as it stands now.`,
        { approvals: approvers.length, needed },
      );
    await acceptAdapters(scope, version.definition);
    await replacePublished(scope, version);
    const { tenantId } = scope.ctx;
    const { workflowId, id: versionId } = version;
    return {
      value: { versionId, status: "published" as const },
      detail: { contentHash, approvers, contributors: version.contributors },
      events: [eventOf(workflowPublished, { tenantId, workflowId, versionId })],
    };
  },
});

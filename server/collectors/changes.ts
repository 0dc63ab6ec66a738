import { and, asc, eq, gte, inArray, lte } from "drizzle-orm";
import { workflowReviews, workflows, workflowVersions } from "@/db/schema";
import { digestJson, digestText } from "@/server/kernel/json";
import { type Collector, jsonDocument } from "./collector";

/** Changes that a sample holds at most, as auditors take them: enough to see whether each went the same way. */
const SAMPLE = 25;
/** A month without a change is told as one, in milliseconds; of a shorter time the next sample speaks. */
const QUIET_MS = 28 * 86_400_000;

/**
 * Versions of workflows that were published, each with who wrote, reviewed and published it. Of many, those whose digests of
 * id and period come first: nobody chooses them, and whoever has the population, which is in it too, draws the same.
 */
export const changeSample: Collector = {
  kind: "change-sample",
  collect: async ({ tx, tenantId, from, now }) => {
    const published = await tx
      .select({ version: workflowVersions, slug: workflows.slug, environment: workflows.environment })
      .from(workflowVersions)
      .innerJoin(
        workflows,
        and(eq(workflows.tenantId, workflowVersions.tenantId), eq(workflows.id, workflowVersions.workflowId)),
      )
      .where(
        and(
          eq(workflowVersions.tenantId, tenantId),
          ...[gte(workflowVersions.publishedAt, from), lte(workflowVersions.publishedAt, now)],
        ),
      )
      .orderBy(asc(workflowVersions.id));
    if (published.length === 0 && now.getTime() - from.getTime() < QUIET_MS) return [];
    const period = `${from.toISOString()}/${now.toISOString()}`;
    const drawn = published
      .map((one) => ({ ...one, draw: digestText(`${one.version.id} ${period}`) }))
      .sort((a, b) => (a.draw < b.draw ? -1 : 1))
      .slice(0, SAMPLE);
    const ids = drawn.map(({ version }) => version.id);
    const reviews = await tx
      .select()
      .from(workflowReviews)
      .where(and(eq(workflowReviews.tenantId, tenantId), inArray(workflowReviews.versionId, ids)))
      .orderBy(asc(workflowReviews.createdAt), asc(workflowReviews.id));
    const items = drawn.map(({ version, slug, environment }) => ({
      ...{ versionId: version.id, workflow: slug, environment, number: version.number },
      ...{ contentHash: version.contentHash, contributors: version.contributors, createdBy: version.createdBy },
      ...{ submittedBy: version.submittedBy, publishedBy: version.publishedBy },
      publishedAt: version.publishedAt?.toISOString() ?? null,
      reviews: reviews
        .filter(({ versionId, contentHash }) => versionId === version.id && contentHash === version.contentHash)
        .map(({ reviewerId, verdict, comment, createdAt }) => ({
          ...{ reviewerId, verdict, comment, at: createdAt.toISOString() },
        })),
    }));
    const unreviewed = items.filter(
      ({ reviews: given, contributors }) =>
        !given.some(({ verdict, reviewerId }) => verdict === "approved" && !contributors.includes(reviewerId)),
    ).length;
    const drawnFrom = published.map(({ version }) => version.id);
    const population = { size: drawnFrom.length, digest: digestJson(drawnFrom) };
    return [
      {
        ...{ subject: "workflows", title: `Published changes with their reviews: ${published.length}` },
        fileName: "changes.json",
        ...jsonDocument({
          period: { from: from.toISOString(), to: now.toISOString() },
          population: { ...population, ids: drawnFrom },
          items,
        }),
        covers: { from, to: now },
        facts: { population, sample: items.length, withoutOtherReviewer: unreviewed },
      },
    ];
  },
};

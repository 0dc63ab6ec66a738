import { and, desc, eq, inArray } from "drizzle-orm";
import { users, workflowVersions } from "@/db/schema";
import { allowedRows, defineRead } from "@/server/verb";
import { loadWorkflowBySlug, reviewsOf, type VersionRow } from "./load-version";
import { workflowBySlugSchema } from "./schemas";

// A workflow may have hundreds of versions; its page shows the newest of them.
const VERSIONS_SHOWN = 50;

const iso = (moment: Date | null) => moment?.toISOString() ?? null;

function versionDto(version: VersionRow) {
  const { id, number, status, definition, contentHash, contributors, submittedAt, publishedAt, updatedAt } = version;
  return {
    ...{ id, number, status, definition, contentHash, contributors },
    ...{ submittedAt: iso(submittedAt), publishedAt: iso(publishedAt), updatedAt: updatedAt.toISOString() },
  };
}

/** One workflow with the versions that the caller's clearance reaches, newest first, and the reviews of the newest. */
export const getWorkflow = defineRead({
  action: "workflow.read",
  input: workflowBySlugSchema,
  load: loadWorkflowBySlug,
  read: async (scope, _input, { workflow, newest }) => {
    const { tx } = scope;
    const versions = await tx
      .select()
      .from(workflowVersions)
      .where(
        and(
          eq(workflowVersions.workflowId, workflow.id),
          // The newest was decided about; an older one may say more than the caller may read.
          allowedRows(scope, "workflow.read", workflowVersions),
        ),
      )
      .orderBy(desc(workflowVersions.number))
      .limit(VERSIONS_SHOWN);
    const reviews = await reviewsOf(scope, newest.id);
    const people = [
      ...new Set([...versions.flatMap((version) => version.contributors), ...reviews.map((r) => r.reviewerId)]),
    ];
    const names =
      people.length === 0
        ? []
        : await tx
            .select({ id: users.id, name: users.name, email: users.email })
            .from(users)
            .where(inArray(users.id, people));
    return {
      id: workflow.id,
      slug: workflow.slug,
      name: workflow.name,
      publishedVersionId: workflow.publishedVersionId,
      versions: versions.map(versionDto),
      reviews: reviews.map(({ reviewerId, verdict, comment, contentHash, createdAt }) => ({
        ...{ reviewerId, verdict, comment, contentHash, createdAt: createdAt.toISOString() },
      })),
      people: Object.fromEntries(names.map(({ id, name, email }) => [id, name ?? email])),
    };
  },
});

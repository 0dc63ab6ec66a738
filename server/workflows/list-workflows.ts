import { and, eq, ilike, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { afterCursor, containing, newestFirst, toPage } from "@/db/paging";
import { workflows, workflowVersions } from "@/db/schema";
import { allowedRows, defineRead, tenantItself } from "@/server/verb";
import { listWorkflowsSchema } from "./schemas";

const published = alias(workflowVersions, "published");

/** The workflows that the caller's clearance reaches, last changed first. */
export const listWorkflows = defineRead({
  action: "tenant.read",
  input: listWorkflowsSchema,
  load: tenantItself,
  read: async (scope, { limit, cursor, text }) => {
    const pattern = text === undefined ? undefined : containing(text);
    const rows = await scope.tx
      .select({ workflow: workflows, publishedNumber: published.number })
      .from(workflows)
      .leftJoin(
        published,
        and(eq(published.tenantId, workflows.tenantId), eq(published.id, workflows.publishedVersionId)),
      )
      .where(
        and(
          allowedRows(scope, "workflow.read", workflows),
          pattern === undefined ? undefined : or(ilike(workflows.name, pattern), ilike(workflows.slug, pattern)),
          afterCursor(workflows.updatedAt, workflows.id, cursor),
        ),
      )
      .orderBy(...newestFirst(workflows.updatedAt, workflows.id))
      .limit(limit + 1);
    const page = toPage(rows, limit, ({ workflow }) => ({ at: workflow.updatedAt, id: workflow.id }));
    return {
      nextCursor: page.nextCursor,
      rows: page.rows.map(({ workflow, publishedNumber }) => ({
        id: workflow.id,
        slug: workflow.slug,
        name: workflow.name,
        environment: workflow.environment,
        riskProfile: workflow.riskProfile,
        dataSensitivity: workflow.dataSensitivity,
        importance: workflow.importance,
        publishedVersion: publishedNumber,
        updatedAt: workflow.updatedAt.toISOString(),
      })),
    };
  },
});

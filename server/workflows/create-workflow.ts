import { brokeUnique } from "@/db/postgres-errors";
import { workflows, workflowVersions } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { defineWrite, type Scope } from "@/server/verb";
import { acceptAdapters } from "./adapter-issues";
import { acceptableDefinition } from "./acceptable-definition";
import { workflowResource } from "./load-version";
import { createWorkflowSchema } from "./schemas";

/**
 * Makes a workflow with its first draft. Refuses a faulty definition (Invalid, with paths), one with steps that the tenant is
 * not entitled to (NotEntitled) and a taken slug (Conflict).
 */
export const createWorkflow = defineWrite({
  action: "workflow.author",
  receipt: "workflow.create",
  input: createWorkflowSchema,
  load: async ({ ctx }: Scope, { slug, definition }) => {
    const accepted = acceptableDefinition(definition, slug);
    const resource = workflowResource({
      tenantId: ctx.tenantId,
      ...accepted.columns,
      contributors: [ctx.principal.id],
    });
    return { accepted, resource, subject: "workflow:new" };
  },
  write: async (scope, { slug }, { accepted: { definition, contentHash, columns } }) => {
    const { ctx, tx, now } = scope;
    await acceptAdapters(scope, definition);
    const { tenantId } = ctx;
    const id = ctx.newId("workflow");
    const versionId = ctx.newId("workflowVersion");
    const createdBy = actorRef(ctx.actor);
    try {
      await tx
        .insert(workflows)
        .values({ tenantId, id, slug, name: definition.name, ...columns, createdBy, createdAt: now, updatedAt: now });
    } catch (error) {
      if (brokeUnique(error, "workflows_slug_key"))
        throw conflict(`There is a workflow ${slug} already.`, { field: "slug" });
      throw error;
    }
    await tx.insert(workflowVersions).values({
      ...{ tenantId, id: versionId, workflowId: id, number: 1, status: "draft", definition, contentHash, ...columns },
      ...{ contributors: [ctx.principal.id], createdBy, createdAt: now, updatedAt: now },
    });
    return {
      value: { workflowId: id, versionId, slug, contentHash },
      subject: `workflow:${id}`,
      detail: { slug, version: 1, contentHash },
    };
  },
});

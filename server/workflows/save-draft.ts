import { and, eq } from "drizzle-orm";
import { workflows, workflowVersions } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { authorise, defineWrite, type Scope } from "@/server/verb";
import { acceptAdapters } from "./adapter-issues";
import { acceptableDefinition } from "./acceptable-definition";
import { isEditable } from "./domain/version-life";
import { loadWorkflow, type VersionRow, workflowResource } from "./load-version";
import { saveDraftSchema } from "./schemas";

/** Who shaped the text since it was last approved: the editor, and on an open draft everyone before. */
function contributorsAfter(newest: VersionRow, editor: string): string[] {
  return isEditable(newest.status) ? [...new Set([...newest.contributors, editor])] : [editor];
}

type Accepted = ReturnType<typeof acceptableDefinition>;

/** Changes the open draft, or begins the next version when the newest is published; returns its id and number. */
async function writeDraft({ ctx, tx, now }: Scope, newest: VersionRow, accepted: Accepted) {
  const contributors = contributorsAfter(newest, ctx.principal.id);
  const { definition, contentHash, columns } = accepted;
  if (isEditable(newest.status)) {
    await tx
      .update(workflowVersions)
      .set({
        definition,
        contentHash,
        ...columns,
        contributors,
        status: "draft",
        submittedAt: null,
        submittedBy: null,
        updatedAt: now,
      })
      .where(and(eq(workflowVersions.tenantId, ctx.tenantId), eq(workflowVersions.id, newest.id)));
    return { versionId: newest.id, number: newest.number };
  }
  const versionId = ctx.newId("workflowVersion");
  const number = newest.number + 1;
  await tx.insert(workflowVersions).values({
    ...{ tenantId: ctx.tenantId, id: versionId, workflowId: newest.workflowId, number, status: "draft", definition },
    ...{ contentHash, ...columns, contributors, createdBy: actorRef(ctx.actor), createdAt: now, updatedAt: now },
  });
  return { versionId, number };
}

/**
 * Saves an edit. A version in review goes back to draft and its approvals no longer count. Refuses a faulty definition
 * (Invalid, with paths), steps that the tenant is not entitled to (NotEntitled) and an edit of text that somebody else
 * changed meanwhile (Conflict).
 */
export const saveDraft = defineWrite({
  action: "workflow.author",
  receipt: "workflow.save",
  input: saveDraftSchema,
  load: loadWorkflow,
  write: async (scope, input, { workflow, newest }) => {
    const { ctx, tx, now } = scope;
    if (newest.contentHash !== input.baseHash)
      throw conflict("Somebody saved this workflow after you opened it. Load it again and repeat your change.", {
        contentHash: newest.contentHash,
      });
    const accepted = acceptableDefinition(input.definition, workflow.slug);
    const wanted = workflowResource({ tenantId: ctx.tenantId, ...accepted.columns, contributors: newest.contributors });
    // Rights over what it was do not reach what it becomes: raising its sensitivity needs the clearance for it.
    authorise(ctx, "workflow.author", wanted, `workflow:${workflow.id}`);
    await acceptAdapters(scope, accepted.definition);
    const saved = await writeDraft(scope, newest, accepted);
    const isPublished = workflow.publishedVersionId !== null;
    await tx
      .update(workflows)
      .set({ updatedAt: now, ...(isPublished ? {} : { name: accepted.definition.name, ...accepted.columns }) })
      .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflow.id)));
    return {
      value: { ...saved, contentHash: accepted.contentHash },
      detail: { version: saved.number, contentHash: accepted.contentHash, voidedReview: newest.status === "in_review" },
    };
  },
});

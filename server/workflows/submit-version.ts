import { and, eq } from "drizzle-orm";
import { workflowVersions } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { actorRef } from "@/server/kernel/actor";
import { defineWrite } from "@/server/verb";
import { statusAfter } from "./domain/version-life";
import { workflowSubmitted } from "./events";
import { loadVersion } from "./load-version";
import { versionSchema } from "./schemas";

/** Hands a draft to the reviewers. Refuses anything but a draft (Conflict). */
export const submitVersion = defineWrite({
  action: "workflow.submit",
  receipt: "workflow.submit",
  input: versionSchema,
  load: loadVersion,
  write: async ({ ctx, tx, now }, _input, { version }) => {
    const status = statusAfter(version.status, "submit");
    if (status === null) throw conflict(`Only a draft can be submitted; this version is ${version.status}.`);
    await tx
      .update(workflowVersions)
      .set({ status, submittedBy: actorRef(ctx.actor), submittedAt: now, updatedAt: now })
      .where(and(eq(workflowVersions.tenantId, ctx.tenantId), eq(workflowVersions.id, version.id)));
    const { tenantId } = ctx;
    const { workflowId, id: versionId, contentHash } = version;
    return {
      value: { versionId, status },
      detail: { contentHash },
      events: [eventOf(workflowSubmitted, { tenantId, workflowId, versionId })],
    };
  },
});

import { createWorkflow, publishVersion, reviewVersion, submitVersion } from "@/server/workflows";
import { unique } from "@/db/testing/factories";
import type { TenantContext } from "@/server/verb";
import { twoStepDefinition } from "./definitions";

/** A workflow of the author, up to its first draft. */
export function makeDraft(author: TenantContext, over: Record<string, unknown> = {}, slug = unique("flow")) {
  return createWorkflow(author, { slug, definition: twoStepDefinition(over) as never });
}

/** A workflow that the reviewer approved and published. */
export async function makePublished(
  people: { workflow_author: TenantContext; workflow_reviewer: TenantContext },
  over: Record<string, unknown> = {},
  slug = unique("flow"),
) {
  const draft = await makeDraft(people.workflow_author, over, slug);
  const { versionId, contentHash } = draft;
  await submitVersion(people.workflow_author, { versionId });
  await reviewVersion(people.workflow_reviewer, { versionId, contentHash, verdict: "approved" });
  await publishVersion(people.workflow_reviewer, { versionId, contentHash });
  return draft;
}

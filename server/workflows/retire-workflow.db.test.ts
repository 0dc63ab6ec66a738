import { describe, expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import type { DataSensitivity, Role } from "@/policies/access/vocabulary";
import { memberContext } from "@/server/testing/actors";
import { twoStepDefinition } from "@/server/testing/definitions";
import { expectDenial, expectReceipt } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import { getWorkflow, retireWorkflow, saveDraft } from "./index";

const db = useTestDatabase();

const sensitive = (word: DataSensitivity) => {
  const { attributes, ...rest } = twoStepDefinition();
  return { ...rest, attributes: { ...(attributes as object), data_sensitivity: word } };
};

/** A workflow whose published version has one sensitivity and whose newer draft has another, beside a reviewer. */
async function publishedBesideDraft(published: DataSensitivity, draft: DataSensitivity) {
  const tenant = await makeTenant(db.database);
  const person = (role: Role, clearance: DataSensitivity) =>
    memberContext(db.database, tenant, { roles: [role], clearance });
  const people = {
    workflow_author: await person("workflow_author", "restricted"),
    workflow_reviewer: await person("workflow_reviewer", "restricted"),
  };
  const { workflowId, contentHash, slug } = await makePublished(people, sensitive(published));
  const definition = sensitive(draft) as never;
  await saveDraft(people.workflow_author, { workflowId, baseHash: contentHash, definition });
  return { workflowId, slug, reviewer: await person("workflow_reviewer", "internal"), owner: people.workflow_reviewer };
}

describe("retireWorkflow", () => {
  it("is refused to whose clearance does not reach the published version, though it reaches the draft", async () => {
    const { workflowId, slug, reviewer, owner } = await publishedBesideDraft("restricted", "public");
    const attempt = retireWorkflow(reviewer, { workflowId });
    await expect(attempt).rejects.toMatchObject({ code: "Forbidden", details: { failed: ["cleared"] } });
    await expectDenial(reviewer, "workflow.retire");
    expect((await getWorkflow(owner, { slug })).publishedVersionId).not.toBeNull();
  });

  it("is open to whose clearance reaches the published version, though it does not reach the draft", async () => {
    const { workflowId, slug, reviewer, owner } = await publishedBesideDraft("internal", "restricted");
    await retireWorkflow(reviewer, { workflowId });
    await expectReceipt(owner, "workflow.retire", `workflow:${workflowId}`);
    const { versions, publishedVersionId } = await getWorkflow(owner, { slug });
    expect(publishedVersionId).toBeNull();
    expect(versions.map(({ status }) => status)).toEqual(["draft", "retired"]);
  });
});

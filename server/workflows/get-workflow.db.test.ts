import { expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import type { DataSensitivity, Role } from "@/policies/access/vocabulary";
import { memberContext } from "@/server/testing/actors";
import { twoStepDefinition } from "@/server/testing/definitions";
import { makePublished } from "@/server/testing/workflows";
import { getWorkflow, saveDraft } from "./index";

const db = useTestDatabase();

const sensitive = (word: DataSensitivity) => {
  const { attributes, ...rest } = twoStepDefinition();
  return { ...rest, attributes: { ...(attributes as object), data_sensitivity: word } };
};

it("shows the versions that the caller's clearance reaches, and no others", async () => {
  const tenant = await makeTenant(db.database);
  const person = (role: Role, clearance: DataSensitivity) =>
    memberContext(db.database, tenant, { roles: [role], clearance });
  const people = {
    workflow_author: await person("workflow_author", "restricted"),
    workflow_reviewer: await person("workflow_reviewer", "restricted"),
  };
  const { workflowId, contentHash, slug } = await makePublished(people, sensitive("restricted"));
  const definition = sensitive("public") as never;
  await saveDraft(people.workflow_author, { workflowId, baseHash: contentHash, definition });

  const numbers = async (ctx: Awaited<ReturnType<typeof person>>) =>
    (await getWorkflow(ctx, { slug })).versions.map(({ number }) => number);
  expect(await numbers(people.workflow_reviewer)).toEqual([2, 1]);
  expect(await numbers(await person("workflow_reviewer", "internal"))).toEqual([2]);
});

import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { definition, fresh, type Made } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

test("two people edit one workflow: the later sees both texts, and goes on with either", async ({
  browser,
  deployment,
}) => {
  const author = await signIn(deployment, "workflow_author@acme.test");
  const steps = [
    { id: "each", type: "for-each", items: "[1, 2]", body: "inner", next: "end" },
    { id: "inner", type: "transform", expression: "item" },
    { id: "end", type: "wait", seconds: 1 },
  ];
  const slug = fresh("edited");
  const made = await author.ask<Made>("workflows.create", { slug, definition: definition({ name: "First", steps }) });
  const { workflowId } = made;
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, author);
  const page = await context.newPage();
  await open(page, `/t/acme/workflows/${slug}/edit`);
  await page.getByRole("button", { name: "Edit as JSON" }).click();
  const text = page.getByRole("textbox").last();
  const write = async (name: string) => text.fill(JSON.stringify(definition({ name, steps })));
  const save = () => page.getByRole("button", { name: "Save draft" }).click();
  const conflict = page.getByText("Somebody else saved this workflow meanwhile");
  const nameNow = async () =>
    (await author.ask<{ versions: { definition: { name: string } }[] }>("workflows.get", { slug })).versions[0]
      ?.definition.name;
  const saveElsewhere = async (name: string, baseHash: string) =>
    author.ask<Made>("workflows.saveDraft", { workflowId, baseHash, definition: definition({ name, steps }) });

  const theirs = await saveElsewhere("Theirs", made.contentHash);
  await write("Mine");
  await save();
  await expect(conflict).toBeVisible();
  await expect(page.getByRole("region", { name: "Comparison" })).toContainText('"name": "Theirs"');
  await expect(page.getByRole("region", { name: "Comparison" })).toContainText('"name": "Mine"');
  expect(await nameNow()).toBe("Theirs");
  await page.getByRole("button", { name: "Go on with mine" }).click();
  await expect(conflict).toBeHidden();
  await save();
  await expect.poll(nameNow).toBe("Mine");

  const { versions } = await author.ask<{ versions: { contentHash: string }[] }>("workflows.get", { slug });
  await saveElsewhere("Theirs again", versions[0]?.contentHash ?? "");
  expect(theirs.contentHash).not.toBe(versions[0]?.contentHash);
  await write("Mine again");
  await save();
  await expect(conflict).toBeVisible();
  await page.getByRole("button", { name: "Take theirs" }).click();
  await expect(text).toHaveValue(/"name": "Theirs again"/);
  // What was written here can be had back.
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(text).toHaveValue(/"name": "Mine again"/);

  await open(page, `/t/acme/workflows/${slug}`);
  await expect(page.getByText("for each item", { exact: true })).toBeVisible();
  await context.close();
});

import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { expect, test } from "../fixtures/test";

test("somebody asks the tenant's pack who may do what, and reads why", async ({ browser, deployment }) => {
  const viewer = await signIn(deployment, "read_only@globex.test", "globex");
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, viewer);
  const page = await context.newPage();
  await open(page, "/t/globex/policy");
  await expect(page.getByText("conductor-governance-saas", { exact: true })).toBeVisible();

  const choose = (label: string, word: string) =>
    page.getByRole("combobox", { name: label, exact: true }).selectOption(word);
  await choose("Environment", "prod");
  await choose("Risk", "high");
  await page.getByRole("button", { name: "Ask" }).click();
  const no = page.getByRole("note");
  await expect(no).toContainText("not in this environment; not at this risk profile");
  await expect(no).toContainText("Who could: operator.");

  await choose("Who", "operator");
  await choose("Risk", "critical");
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByRole("note")).toContainText("Yes, once others have agreed.");
  await expect(page.getByRole("note")).toContainText("1 × tenant admin");

  // Another pack answers otherwise, and the page says that it is another.
  await choose("Policy", "conductor-governance-white-label");
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByRole("note")).toContainText("No.");
  await expect(page.getByText("Another pack than this tenant's")).toBeVisible();
  await context.close();
});

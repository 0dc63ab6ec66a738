import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { fresh, publish } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

test("a receipt is found with the keyboard, read in words, and shared by its address", async ({
  browser,
  deployment,
}) => {
  const as = (role: string) => signIn(deployment, `${role}@globex.test`, "globex");
  const [author, reviewer, viewer] = [
    await as("workflow_author"),
    await as("workflow_reviewer"),
    await as("read_only"),
  ] as const;
  const name = fresh("Close the books");
  await publish({ author, reviewer }, { name });

  const context = await browser.newContext({
    baseURL: deployment.url,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await enterAs(context, deployment.url, viewer);
  const page = await context.newPage();
  await open(page, "/t/globex/receipts");

  await page.getByLabel("On what").focus();
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type("author");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/thing=.*person=author/);
  const labels = ["Version submitted", "Workflow written"];
  for (const label of labels) await expect(page.getByRole("link", { name: label })).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Version published" })).toHaveCount(0);

  await page.getByRole("link", { name: "Version submitted" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    `Workflow author submitted ${name}, version 1 for review`,
  );
  await expect(page.getByText("It holds: it follows from its content and the receipt before it.")).toBeVisible();
  const shared = page.url();
  expect(shared).toMatch(/\/receipts\/\d+$/);
  const { hash } = await viewer.ask<{ hash: string }>("receipts.get", { seq: Number(shared.split("/").at(-1)) });
  await page.getByRole("button", { name: "Copy the hash", exact: true }).press("Enter");
  await expect(page.getByRole("button", { name: "Copied the hash", exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(hash);
  await open(page, shared);
  await expect(page.getByText(hash, { exact: true })).toBeVisible();

  await open(page, "/t/globex/receipts?thing=nothing-is-called-this");
  await page.getByRole("link", { name: "Show all receipts" }).click();
  await expect(page).toHaveURL(/\/receipts$/);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await context.close();
});

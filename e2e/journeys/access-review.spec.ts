import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

interface Receipts {
  rows: { action: string; body: { detail: { evidenceDigest: string } } }[];
}

async function downloaded(page: Page, link: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: link }).click()]);
  return readFile(await file.path());
}

test("an administrator has access reviewed, a reviewer keeps and removes, and the evidence is what the receipt says", async ({
  browser,
  deployment,
}) => {
  const as = (role: string) => signIn(deployment, `${role}@globex.test`, "globex");
  const [owner, reviewer] = [await as("tenant_admin"), await as("workflow_reviewer")];
  const [title, keyName] = [fresh("Access review"), fresh("Old import")];
  await owner.ask("apiKeys.create", { name: keyName, roles: ["operator"] });
  const pageOf = async (caller: typeof owner) => {
    const context = await browser.newContext({ baseURL: deployment.url });
    await enterAs(context, deployment.url, caller);
    return context.newPage();
  };

  const desk = await pageOf(owner);
  await open(desk, "/t/globex/access-reviews");
  await desk.getByRole("button", { name: "Open a review" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Title" }).fill(title);
  await dialog.getByRole("combobox", { name: /^Members with one of these roles/ }).click();
  await desk.getByRole("option", { name: "operator" }).click();
  await desk.keyboard.press("Tab");
  await dialog.getByRole("combobox", { name: "Reviewers" }).click();
  await desk.getByRole("option", { name: /workflow_reviewer@globex\.test/ }).click();
  await desk.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Open review" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toContainText(title);
  await expect(desk.getByText("You are not among the reviewers whom it names.")).toBeVisible();
  const address = new URL(desk.url()).pathname;

  const look = await pageOf(reviewer);
  await open(look, address);
  const { violations } = await new AxeBuilder({ page: look }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  const key = look.getByRole("row").filter({ hasText: keyName });
  await key.getByRole("button", { name: `Remove access of ${keyName}` }).click();
  await look.getByRole("dialog").getByRole("button", { name: "Remove the key" }).click();
  await expect(look.getByText("must say why")).toBeVisible();
  await look.getByRole("dialog").getByRole("textbox", { name: "Why" }).fill("Nothing is imported any more.");
  await look.getByRole("dialog").getByRole("button", { name: "Remove the key" }).click();
  await expect(key).toContainText("Removed");
  // By keys alone.
  const person = look.getByRole("row").filter({ hasText: "operator@globex.test" });
  await person.getByRole("button", { name: /^Keep access of/ }).focus();
  await look.keyboard.press("k");
  await expect(person).toContainText("Kept");
  const rest = look.getByRole("button", { name: /^Select \d+ undecided$/ });
  const nothing = look.getByText("Nothing is undecided");
  const keep = look.getByRole("button", { name: /^Keep \d+ selected$/ });
  // So many at a time, and other tests let people into this tenant.
  for (;;) {
    await open(look, `${address}?only=undecided`);
    await expect(rest.or(nothing)).toBeVisible();
    if (await nothing.isVisible()) break;
    await rest.click();
    await keep.click();
    await expect(keep).toHaveCount(0);
  }

  await open(desk, address);
  await desk.getByRole("button", { name: "Close review" }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "Close review" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toContainText("Closed");
  const bytes = await downloaded(desk, "Evidence as JSON");
  const { rows } = await owner.ask<Receipts>("receipts.list", {
    ...{ subject: `access_review:${address.split("/").at(-1)}`, limit: 1 },
  });
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  expect(rows[0]).toMatchObject({ action: "access_review.close", body: { detail: { evidenceDigest: digest } } });
  expect(JSON.parse(bytes.toString("utf8"))).toMatchObject({ review: { title, outcome: "closed" } });
  expect((await downloaded(desk, "Evidence as CSV")).toString("utf8")).toContain("Nothing is imported any more.");
  const keys = await owner.ask<{ rows: { name: string; state: string }[] }>("apiKeys.list", { limit: 100 });
  expect(keys.rows.find(({ name }) => name === keyName)).toMatchObject({ state: "revoked" });
  for (const page of [desk, look]) await page.context().close();
});

test("somebody reads who may do something here, why, and what would take it away", async ({ browser, deployment }) => {
  const viewer = await signIn(deployment, "read_only@globex.test", "globex");
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, viewer);
  const page = await context.newPage();
  await open(page, "/t/globex/access?tab=who");
  await page.getByRole("combobox", { name: "Action", exact: true }).selectOption("member.remove");
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByRole("note")).toContainText("may");
  await expect(page.getByRole("note")).toContainText("Administrators manage the tenant");
  await page.getByRole("region", { name: "Who may" }).getByRole("link").first().click();
  await expect(page.getByRole("note")).toContainText("It would be a no without");
  await open(page, "/t/globex/members");
  await page.getByRole("link", { name: "operator", exact: true }).first().click();
  await expect(page.getByRole("region", { name: "Who may do what here" })).toContainText("on conditions");
  await context.close();
});

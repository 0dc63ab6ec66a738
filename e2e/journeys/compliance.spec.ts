import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright/test";
import { signIn } from "../fixtures/caller";
import type { Deployment } from "../fixtures/deployment";
import { enterAs, open } from "../fixtures/page";
import { expect, test } from "../fixtures/test";

/** Somebody of Acme in a browser. */
async function enter(browser: Browser, deployment: Deployment, role: string) {
  const context = await browser.newContext({ baseURL: deployment.url, acceptDownloads: true });
  const caller = await signIn(deployment, `${role}@acme.test`, "acme");
  await enterAs(context, deployment.url, caller);
  return { caller, context, page: await context.newPage() };
}

async function downloaded(page: Page, link: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: link }).click()]);
  return readFileSync(await file.path());
}

test("an administrator accepts a gap for a time, and ends that before its day", async ({ browser, deployment }) => {
  const { context, page } = await enter(browser, deployment, "tenant_admin");
  await open(page, "/t/acme/compliance/MC-BR-03");
  await page.getByRole("button", { name: "Accept the gap" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Accept" }).click();
  await expect(dialog.getByText("must not be empty")).toBeVisible();
  await dialog.getByLabel("Why").fill("Objectives are set in spring.");
  await dialog.getByLabel("Until").fill("2999-01-01");
  await dialog.getByRole("button", { name: "Accept" }).click();
  await expect(dialog.getByText("must come within 365 days")).toBeVisible();
  await dialog.getByLabel("Until").fill(new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10));
  await dialog.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByRole("heading", { name: "Accepted gaps" })).toBeVisible();
  await expect(page.getByText("Objectives are set in spring.").first()).toBeVisible();

  await open(page, "/t/acme/compliance");
  await expect(page.getByRole("row").filter({ hasText: "Capacity and availability" })).toContainText("accepted until");

  await open(page, "/t/acme/compliance/MC-BR-03");
  await page.getByRole("button", { name: "End it now" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End it", exact: true }).click();
  await expect(page.getByText("Ended", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Accept the gap" })).toBeVisible();
  await context.close();
});

test("controls are read over a period, in words too, and a sheet of them is taken along", async ({
  browser,
  deployment,
}) => {
  const { caller, context, page } = await enter(browser, deployment, "tenant_admin");
  await caller.ask("compliance.ask", {});
  const lookedAt = async () =>
    (await caller.ask<{ collection: { endedAt: string | null } | null }>("compliance.list", {})).collection?.endedAt;
  await expect.poll(lookedAt, { timeout: 60_000 }).toBeTruthy();
  await open(page, "/t/acme/compliance");
  const walls = page.getByRole("row").filter({ hasText: "Tenants are walled off twice" });
  await expect(walls.getByRole("img", { name: /^shown in 1 of 1 days/ })).toBeVisible();
  await expect(page.getByText("As it stands now.")).toBeVisible();

  await page.getByLabel("Shown from").fill("2026-02-01");
  await page.getByLabel("to, included").fill("2026-01-01");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByText("A period ends after it begins.")).toBeVisible();
  await open(page, "/t/acme/compliance?at=2020-01-01&from=2020-01-01&to=2020-02-01");
  await expect(page.getByText(/As it stood at/)).toBeVisible();
  await expect(walls).toContainText("Unknown");
  await expect(walls.getByRole("img")).toHaveCount(0);

  const markdown = (await downloaded(page, "Markdown")).toString("utf8");
  expect(markdown).toContain("# Controls of Acme");
  expect(markdown).toContain("MC-AC-01 Tenants are walled off twice");
  expect(markdown).toContain("no certificate");
  expect((await downloaded(page, "Sell-sheet (PDF)")).subarray(0, 5).toString()).toBe("%PDF-");
  expect((await caller.send("/t/acme/compliance/sell-sheet/exe")).status).toBe(404);

  const reader = await signIn(deployment, "read_only@acme.test", "acme");
  expect((await reader.send("/t/acme/compliance/sell-sheet/md")).status).toBe(403);
  await context.close();
});

test("a trust page is there for everybody once it is published, and as if it had never been when it is not", async ({
  browser,
  deployment,
}) => {
  const { context, page } = await enter(browser, deployment, "tenant_admin");
  const stranger = await browser.newContext({ baseURL: deployment.url });
  const outside = await stranger.newPage();
  const answer = async (path: string) => {
    const response = await outside.goto(path);
    return [response?.status(), await outside.getByRole("heading", { level: 1 }).innerText()];
  };
  const nothing = [404, "No such trust page"];
  expect([await answer("/trust/acme"), await answer("/trust/never-was")]).toEqual([nothing, nothing]);

  await open(page, "/t/acme/compliance");
  await page.getByRole("button", { name: "Publish it" }).click();
  await expect(page.getByRole("button", { name: "Withdraw it" })).toBeVisible();
  expect(await answer("/trust/acme")).toEqual([200, "Controls of Acme"]);
  await expect(outside.getByText("Tenants are walled off twice")).toBeVisible();
  await expect(outside.getByText("Sealing key")).toBeVisible();
  expect(await outside.content()).not.toMatch(/@acme\.test|Tenant admin|cft_/);

  await page.getByRole("button", { name: "Withdraw it" }).click();
  await expect(page.getByRole("button", { name: "Publish it" })).toBeVisible();
  expect(await answer("/trust/acme")).toEqual(nothing);
  for (const each of [context, stranger]) await each.close();
});

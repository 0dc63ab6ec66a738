import type { Browser } from "playwright/test";
import { type Caller, signIn } from "../fixtures/caller";
import type { Deployment } from "../fixtures/deployment";
import { enterAs, open } from "../fixtures/page";
import { expect, test } from "../fixtures/test";

async function pageOf(browser: Browser, deployment: Deployment, caller: Caller) {
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, caller);
  return context.newPage();
}

const as = (deployment: Deployment, role: string) => signIn(deployment, `${role}@initech.test`, "initech");

test("a tenant becomes stricter than its pack when a second person agrees", async ({ browser, deployment }) => {
  const [first, second] = [await as(deployment, "tenant_admin"), await as(deployment, "conductor_admin")];
  const page = await pageOf(browser, deployment, first);
  await open(page, "/t/initech/policy/changes");
  await expect(page.getByText("The policy was never changed")).toBeVisible();

  // What is looser is refused with its line, and cannot be proposed.
  const text = page.getByLabel("What this tenant is stricter in");
  await text.fill("break_glass: { minutes: 60 }");
  await page.getByRole("button", { name: "See what would change" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "cannot be proposed" })).toContainText(
    "line 1: break_glass.minutes: is longer than the pack's 30",
  );
  await expect(page.getByRole("button", { name: "Propose" })).toHaveCount(0);

  await text.fill("thresholds:\n  run:\n    workflow_author: { dev: low }");
  await page.getByRole("button", { name: "See what would change" }).click();
  const denied = page.getByRole("table", { name: "Newly denied" });
  await expect(denied).toContainText("run.start");
  await expect(denied).toContainText("dev, medium risk");
  await open(page, new URL(page.url()).pathname + new URL(page.url()).search);
  await page.getByRole("button", { name: "Propose" }).click();
  await page.getByLabel("Why").fill("Authors try out what is harmless");
  await page.getByRole("dialog").getByRole("button", { name: "Propose" }).click();
  await expect(page.getByRole("heading", { name: "Waits for a second person" })).toBeVisible();
  await expect(page.getByText("You proposed it, so somebody else decides.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);

  const other = await pageOf(browser, deployment, second);
  await open(other, "/t/initech/policy");
  await expect(other.getByText("Another policy waits for a second person")).toBeVisible();
  await open(other, "/t/initech/policy/changes");
  await other.getByRole("button", { name: "Approve" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(other.getByRole("cell", { name: "White-Label, tightened" })).toContainText("Approved");
  await expect(other.getByRole("heading", { name: "Waits for a second person" })).toHaveCount(0);
  await page.context().close();
  await other.context().close();
});

test("in need an operator kills what they else may not, once somebody opened it, and it is looked at", async ({
  browser,
  deployment,
}) => {
  const [operator, admin] = [await as(deployment, "operator"), await as(deployment, "tenant_admin")];
  const page = await pageOf(browser, deployment, operator);
  await open(page, "/t/initech/policy/break-glass");
  await page.getByRole("button", { name: "Ask for break-glass" }).click();
  await page.getByLabel("Why").fill("Payments run twice");
  await page.getByLabel("What it is about").fill("INC-7");
  await page.getByRole("dialog").getByRole("button", { name: "Ask" }).click();
  await expect(page.getByText("INC-7: Payments run twice")).toBeVisible();
  expect((await operator.attempt("holds.killTenant", { reason: "twice" })).status).toBe(403);

  const other = await pageOf(browser, deployment, admin);
  await open(other, "/t/initech/policy/break-glass");
  await other.getByRole("button", { name: "Open" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Open" }).click();
  await expect(other.getByRole("button", { name: "End now" })).toBeVisible();
  expect((await operator.attempt("holds.killTenant", { reason: "twice" })).status).toBe(200);

  await other.getByRole("button", { name: "End now" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "End" }).click();
  await other.getByRole("button", { name: "Looked at" }).click();
  await other.getByLabel("What you found").fill("The tenant was killed, as said");
  await other.getByRole("dialog").getByRole("button", { name: "Put on record" }).click();
  await expect(other.getByText("The tenant was killed, as said")).toBeVisible();
  const [kill] = await admin.ask<{ id: string }[]>("holds.list", {});
  await admin.ask("holds.liftTenantKill", { holdId: kill?.id });
  await page.context().close();
  await other.context().close();
});

import { spawnSync } from "node:child_process";
import path from "node:path";
import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { expect, test } from "../fixtures/test";

const conductor = path.resolve("jobs/cli/conductor.mjs");

test("the product audits itself, and a gap that it finds closes only when somebody else than its owner has it tested", async ({
  browser,
  deployment,
}) => {
  test.setTimeout(180_000);
  const [admin, second] = [
    await signIn(deployment, "tenant_admin@acme.test", "acme"),
    await signIn(deployment, "conductor_admin@acme.test", "acme"),
  ];
  const context = await browser.newContext({ baseURL: deployment.url, acceptDownloads: true });
  await enterAs(context, deployment.url, admin);
  const page = await context.newPage();
  await open(page, "/t/acme/audits");
  await page.getByRole("button", { name: "Audit now" }).click();
  const first = page.getByRole("row").filter({ hasText: "Tenant admin" }).first();
  await expect(first).toContainText(/Gaps found|Cannot be told/, { timeout: 60_000 });
  await first.getByRole("link").first().click();
  const record = page.getByRole("listitem").filter({ hasText: "The record can only be added to" });
  await expect(record).toContainText("Holds");
  const [report] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "PDF", exact: true }).click(),
  ]);
  expect(report.suggestedFilename()).toMatch(/^conductor-audit-.*\.pdf$/);

  await open(page, "/t/acme/findings");
  const gap = page.getByRole("row").filter({ hasText: "Response is drilled" }).first();
  await gap.getByRole("link").first().click();
  await page.getByRole("button", { name: "Assign" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Owner").selectOption({ label: "Tenant admin" });
  await dialog.getByRole("button", { name: "Assign" }).click();
  await expect(page.getByText("In progress")).toBeVisible();
  await page.getByRole("button", { name: "It is done" }).click();
  await dialog.getByLabel("What was done").fill("A drill is planned.");
  await dialog.getByRole("button", { name: "Say so" }).click();
  await expect(page.getByText("This finding is yours: somebody else has to have it tested.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Test again" })).toHaveCount(0);
  const address = page.url();
  await context.close();

  const other = await browser.newContext({ baseURL: deployment.url });
  await enterAs(other, deployment.url, second);
  const theirs = await other.newPage();
  await theirs.goto(address);
  await theirs.getByRole("button", { name: "Test again" }).click();
  await expect(theirs.getByText(/The last test said:/)).toBeVisible({ timeout: 60_000 });
  await expect(theirs.getByText("Closed", { exact: true })).toHaveCount(0);
  await other.close();

  const { status, stdout } = spawnSync(process.execPath, [conductor, "audit", "--tenant", "acme", "--json"], {
    encoding: "utf8",
    env: { ...process.env, CONDUCTOR_HOME: deployment.home, CONDUCTOR_MODE: "demo" },
  });
  expect(JSON.parse(stdout)).toMatchObject({
    checks: expect.arrayContaining([{ check: "record", title: "Walls and receipts", outcome: "pass" }]),
    reportDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(status).toBe(1);
});

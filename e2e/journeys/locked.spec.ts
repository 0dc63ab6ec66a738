import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { signInByMail } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

const conductor = path.resolve(import.meta.dirname, "..", "..", "jobs", "cli", "conductor.mjs");

test("a tenant without a plan finds pages that say what is locked, what opens it, and where", async ({
  browser,
  deployment,
}) => {
  const slug = fresh("locked");
  const founder = await signInByMail(deployment, `${slug}@example.test`);
  await founder.ask("me/tenants.create", { name: "Locked", slug });
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, founder);
  const page = await context.newPage();

  await open(page, `/t/${slug}/access-reviews`);
  const notice = page.getByRole("note").filter({ hasText: "Access reviews: not part of this tenant's plan" });
  await expect(notice).toContainText("Hosted SaaS Pro ($499.00 a month)");
  await expect(page.getByRole("button", { name: "Open a review" })).toHaveCount(0);
  const navigation = page.getByRole("navigation", { name: "Pages of this tenant" });
  await expect(
    navigation.getByRole("link", { name: /^Access reviews.*not part of this tenant's plan$/ }),
  ).toBeVisible();
  await expect(navigation.getByRole("link", { name: "Receipts", exact: true })).toBeVisible();
  for (const place of ["evidence", "compliance", "audits"]) {
    await open(page, `/t/${slug}/${place}`);
    await expect(page.getByRole("note").filter({ hasText: "not part of this tenant's plan" })).toBeVisible();
    await expect(page.getByRole("button", { name: /Collect now|Build a bundle|Look now|Audit now/ })).toHaveCount(0);
  }
  await open(page, `/t/${slug}/access-reviews`);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await notice.getByRole("link", { name: "Choose a plan" }).click();
  await expect(page).toHaveURL(new RegExp(`/t/${slug}/billing$`));
  await context.close();

  const refused = await founder.at(slug).attempt("drift.assign", { taskId: `rem_${"0".repeat(32)}` });
  expect(refused).toMatchObject({ status: 402, code: "NotEntitled" });

  const run = (...args: string[]) => {
    const { status, stderr } = spawnSync(process.execPath, [conductor, ...args], {
      encoding: "utf8",
      env: { ...process.env, CONDUCTOR_HOME: deployment.home, CONDUCTOR_MODE: "demo" },
    });
    return [status, stderr];
  };
  const notInPlan = (feature: string) => [1, expect.stringContaining(`${feature}: not part of this tenant's plan`)];
  expect(run("drift", "accept", "--tenant", slug, "--key", "pack:none", "--reason", "Seen")).toEqual(
    notInPlan("Drift detection"),
  );
  const out = path.join(mkdtempSync(path.join(tmpdir(), "locked-")), "bundle.zip");
  expect(run("evidence", "--tenant", slug, "--out", out)).toEqual(notInPlan("Compliance pack"));
  expect(existsSync(out)).toBe(false);
  expect(run("audit", "--tenant", slug)).toEqual(notInPlan("Internal audit"));
});

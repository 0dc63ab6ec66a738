import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { publish } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

interface Verdict {
  verdict: string;
  anchored: boolean;
  firstBad: unknown;
  of?: unknown;
}

test("evidence is collected and sealed at the press of a button, and each of the verifiers in the file agrees about it", async ({
  browser,
  deployment,
}) => {
  test.setTimeout(180_000);
  const as = (role: string) => signIn(deployment, `${role}@acme.test`, "acme");
  const [author, reviewer, admin] = [
    await as("workflow_author"),
    await as("workflow_reviewer"),
    await as("tenant_admin"),
  ];
  await publish({ author, reviewer }, { name: "Note a number" });
  const context = await browser.newContext({ baseURL: deployment.url, acceptDownloads: true });
  await enterAs(context, deployment.url, admin);
  const page = await context.newPage();
  await open(page, "/t/acme/evidence");
  await page.getByRole("button", { name: "Collect now" }).click();
  await expect(page.getByRole("link", { name: "Published changes with their reviews" }).first()).toBeVisible({
    timeout: 60_000,
  });

  await open(page, "/t/acme/compliance");
  await page.getByRole("button", { name: "Look now" }).click();
  await expect(page.getByText(/Last looked at/)).toBeVisible({ timeout: 60_000 });
  const walls = page.getByRole("row").filter({ hasText: "Tenants are walled off twice" });
  await expect(walls).toContainText("Passing");
  await walls.getByRole("link").click();
  await expect(page.getByText(/Another tenant reads and writes nothing behind/).first()).toBeVisible();

  await open(page, "/t/acme/evidence");
  await page.getByRole("button", { name: "Build a bundle" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Build", exact: true }).click();
  const download = page.getByRole("link", { name: "Download" }).first();
  await expect(download).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/\d+ missing/).first()).toBeVisible();
  const address = await download.getAttribute("href");
  const [file] = await Promise.all([page.waitForEvent("download"), download.click()]);
  expect(file.suggestedFilename()).toMatch(/^conductor-evidence-acme-.*\.zip$/);
  const folder = mkdtempSync(path.join(tmpdir(), "evidence-"));
  const bundle = path.join(folder, "acme.zip");
  await file.saveAs(bundle);

  const unpacked = spawnSync("unzip", ["-q", bundle, "-d", folder], { encoding: "utf8" });
  expect(unpacked.stderr).toBe("");
  const verify = (program: string, script: string) => {
    const inside = path.join(folder, file.suggestedFilename().replace(/\.zip$/, ""), "verify", script);
    const { stdout, stderr } = spawnSync(program, [inside, "--json", bundle], { encoding: "utf8" });
    expect(stderr, script).toBe("");
    return JSON.parse(stdout) as Verdict;
  };
  const verdicts = [verify("node", "verify.mjs"), verify("python3", "verify.py"), verify("sh", "verify.sh")];
  // Of a tenant so young not every kind of evidence is there, and the file says so itself.
  const of = { tag: "Conductor Compliance", tenant: "acme" };
  for (const verdict of verdicts) expect(verdict).toMatchObject({ verdict: "incomplete", firstBad: null, of });

  const published = await fetch(`${deployment.url}/.well-known/conductor-evidence-keys.json`);
  const { keys } = (await published.json()) as { keys: { id: string; pem: string }[] };
  const trust = path.join(folder, "trusted.pem");
  writeFileSync(trust, keys.map(({ pem }) => pem).join(""));
  const inside = path.join(folder, file.suggestedFilename().replace(/\.zip$/, ""), "verify", "verify.mjs");
  const anchored = spawnSync("node", [inside, "--json", "--trust", trust, bundle], { encoding: "utf8" });
  expect(JSON.parse(anchored.stdout)).toMatchObject({ verdict: "incomplete", anchored: true });

  expect((await (await as("operator")).attempt("bundles.list", {})).status).toBe(403);

  await page
    .getByRole("button", { name: /^Delete the bundle of/ })
    .first()
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete bundle" }).click();
  await expect(page.locator(`a[href="${address ?? ""}"]`)).toHaveCount(0);
  await context.close();
});

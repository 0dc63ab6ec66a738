import { readFile } from "node:fs/promises";
import type { Browser } from "playwright/test";
import { type Caller, signIn, signInByMail } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { linkIn } from "../sandbox/smtp";

async function browserOf(browser: Browser, url: string, caller: Caller) {
  const context = await browser.newContext({ baseURL: url, acceptDownloads: true });
  await enterAs(context, url, caller);
  return context.newPage();
}

test("an auditor reads for a time, the tenant sees what, and at the end they are out", async ({
  browser,
  deployment,
}) => {
  const email = `${fresh("auditor")}@example.test`;
  const owner = await browserOf(browser, deployment.url, await signIn(deployment, "tenant_admin@acme.test", "acme"));
  await open(owner, "/t/acme/members/auditors");
  await owner.getByRole("button", { name: "Invite an auditor" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("E-mail address").fill(email);
  await dialog.getByLabel("Engagement").fill("SOC 2 Type II");
  const before = [...deployment.smtp.mails];
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog).toBeHidden();

  const link = linkIn(await deployment.smtp.nextTo(email, before));
  const auditor = await browserOf(browser, deployment.url, await signInByMail(deployment, email, "acme"));
  await open(auditor, link);
  await auditor.getByRole("button", { name: /^Join/ }).click();
  await expect(auditor).toHaveURL(/\/t\/acme\//);
  await open(auditor, "/t/acme/findings");
  await expect(auditor.getByRole("note").filter({ hasText: "You are here as an auditor" })).toContainText("logged");

  await open(owner, "/t/acme/members/auditors");
  await expect(owner.getByRole("row").filter({ hasText: "SOC 2 Type II" })).toContainText("Active");
  await owner.getByRole("combobox", { name: /^What/ }).selectOption("findings");
  await owner.getByRole("button", { name: "Filter", exact: true }).click();
  const log = owner.getByRole("region", { name: "What auditors opened" });
  await expect(log.getByRole("row").filter({ hasText: "findings.list" })).toHaveCount(1);
  await expect(log).not.toContainText("members.list");
  const [file] = await Promise.all([
    owner.waitForEvent("download"),
    owner.getByRole("button", { name: "Export all as CSV" }).click(),
  ]);
  const csv = await readFile(await file.path(), "utf8");
  expect(csv).toMatch(new RegExp(`,${email},findings\\.list,finding\\.read,tenant:ten_`));

  await owner.getByRole("button", { name: `End now the time of ${email}` }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "End now" }).click();
  await expect(owner.getByRole("row").filter({ hasText: "SOC 2 Type II" })).toContainText("Ended early");
  expect((await auditor.goto("/t/acme/findings"))?.status()).toBe(404);
  for (const page of [owner, auditor]) await page.context().close();
});

test("a trust page answers 429 to an address that reads too often, and says for how long", async ({ hardened }) => {
  const read = () => fetch(`${hardened.url}/trust/nobody-has-this`);
  const statuses = new Set<number>();
  await expect
    .poll(
      async () => {
        const answers = await Promise.all(Array.from({ length: 20 }, read));
        for (const { status } of answers) statuses.add(status);
        return answers.find(({ status }) => status === 429)?.headers.get("retry-after") ?? null;
      },
      { timeout: 60_000 },
    )
    .toMatch(/^[1-9]\d*$/);
  expect([...statuses].sort()).toEqual([404, 429]);
});

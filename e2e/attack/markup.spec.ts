import { readFile } from "node:fs/promises";
import { signInByMail } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { definition, fresh, type Made, publish } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

const XSS = `<img src=x onerror="window.__xss=1"><script>window.__xss=1</script>'"></textarea>`;

test("53 what people write is shown as text, wherever it is shown", async ({
  deployment,
  sides: { a },
  page,
  context,
}) => {
  const { author, owner } = a;
  const name = `${XSS.slice(0, 80)} ${fresh("x")}`.slice(0, 118);
  const steps = [
    {
      id: "call",
      type: "http",
      name: XSS.slice(0, 110),
      request: { url: `${deployment.target.url}/${encodeURIComponent(XSS)}`, method: "POST", body: { text: XSS } },
      retries: 0,
    },
  ];
  const made = await publish(a, { name, description: `${XSS} javascript:alert(1) [x](javascript:alert(1))`, steps });
  await author.ask("me/accounts.updateProfile", { name: XSS.slice(0, 110) });
  await owner.ask("apiKeys.create", { name: XSS.slice(0, 110), roles: ["read_only"] });
  const { runId } = await a.operator.ask<{ runId: string }>("runs.start", { workflowId: made.workflowId });
  const draft = await author.ask<Made>("workflows.saveDraft", {
    ...{
      workflowId: made.workflowId,
      baseHash: made.contentHash,
      definition: definition({ name, steps, description: "changed" }),
    },
  });
  await author.ask("workflows.submit", { versionId: draft.versionId });
  await a.reviewer.ask("workflows.review", {
    versionId: draft.versionId,
    contentHash: draft.contentHash,
    verdict: "changes_requested",
    comment: XSS,
  });
  await a.operator.attempt("runs.kill", { runId, reason: XSS });

  await enterAs(context, deployment.url, owner);
  const violations: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) violations.push(message.text());
  });
  page.on("dialog", (dialog) => {
    violations.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  const paths = [
    "switchboard",
    "workflows",
    `workflows/${made.slug}`,
    "runs",
    `runs/${runId}`,
    "members",
    "api-keys",
    "receipts",
  ];
  for (const path of paths) {
    await open(page, `/t/${a.slug}/${path}`);
    await expect(page.locator("h1").first(), path).toBeVisible();
    expect(await page.evaluate(() => (window as { __xss?: number }).__xss), path).toBeUndefined();
    expect(await page.locator('img[src="x"], a[href^="javascript:" i]').count(), path).toBe(0);
  }
  await page.goto(`/t/${a.slug}/workflows/${made.slug}`);
  await expect(page.getByText(name).first()).toBeVisible();
  expect(violations).toEqual([]);
  await author.ask("me/accounts.updateProfile", { name: "Workflow author" });
});

test("53 a mail shows a name as text", async ({ deployment }) => {
  const founder = await signInByMail(deployment, `${fresh("founder")}@example.test`);
  const slug = fresh("mail");
  await founder.ask("me/tenants.create", { name: '<a href="https://evil.test">Click</a><img src=x>', slug });
  const guest = `${fresh("guest")}@example.test`;
  const mails = [...deployment.smtp.mails];
  await founder.at(slug).ask("members.invite", { email: guest, roles: ["read_only"] });
  const { content } = await deployment.smtp.nextTo(guest, mails);
  expect(content.html).not.toMatch(/<img src=x|href="https:\/\/evil/);
  expect(content.html).toContain("&lt;a href=");
  expect(content.subject).not.toMatch(/[\r\n]/);
});

test("53 an exported cell is no formula", async ({ deployment, sides: { a }, page, context }) => {
  const formulas = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)"];
  for (const name of formulas)
    await a.author.ask("workflows.create", { slug: fresh("csv"), definition: definition({ name }) });
  await enterAs(context, deployment.url, a.author);
  await open(page, `/t/${a.slug}/workflows`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).click(),
  ]);
  const csv = await readFile(await download.path(), "utf8");
  for (const name of formulas) expect(csv, name).toContain(`'${name}`);
  expect(csv).not.toMatch(/(^|[\r\n,"])[=+@-]/);
});

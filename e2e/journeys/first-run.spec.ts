import type { Browser, Page } from "playwright/test";
import { open } from "../fixtures/page";
import { linkIn } from "../sandbox/smtp";
import { expect, test } from "../fixtures/test";
import type { Deployment } from "../fixtures/deployment";

/** A browser of somebody's own, signed in by the link that was mailed to them. */
async function signInByMail(browser: Browser, deployment: Deployment, email: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: deployment.url })).newPage();
  const before = [...deployment.smtp.mails];
  await open(page, "/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send me a sign-in link" }).click();
  await expect(page).toHaveURL(/check-mail/);
  await page.goto(linkIn(await deployment.smtp.nextTo(email, before)));
  return page;
}

async function writeWorkflow(page: Page, tenant: string, targetUrl: string): Promise<void> {
  await open(page, `/t/${tenant}/workflows/new`);
  await page.getByLabel("Address of the workflow").fill("sync-orders");
  await page.getByRole("button", { name: "Edit as JSON" }).click();
  const definition = {
    name: "Sync orders",
    attributes: {
      environment: "prod",
      region: "eu",
      risk_profile: "low",
      business_unit: "general",
      data_sensitivity: "internal",
    },
    input: { order: { type: "string", description: "Number of the order" } },
    steps: [
      { id: "fetch", type: "http", request: { url: `${targetUrl}/orders/{{ input.order }}` }, next: "push" },
      {
        id: "push",
        type: "http",
        request: { method: "POST", url: `${targetUrl}/ledger`, body: { order: "{{ steps.fetch.output.body.path }}" } },
      },
    ],
  };
  await page.getByLabel("Definition as JSON").fill(JSON.stringify(definition));
  await expect(page.getByRole("status").filter({ hasText: "No problems" })).toBeVisible();
  await page.getByRole("button", { name: "Create workflow" }).click();
  await expect(page).toHaveURL(/\/workflows\/sync-orders$/);
}

test("two people take a workflow from an empty tenant to a governed run with receipts", async ({
  browser,
  deployment,
}) => {
  test.setTimeout(240_000);
  const stamp = Date.now().toString(36);
  const tenant = `journey-${stamp}`;
  const [authorMail, operatorMail] = [`author-${stamp}@example.test`, `operator-${stamp}@example.test`];

  const author = await signInByMail(browser, deployment, authorMail);
  await open(author, "/tenants");
  await author.getByLabel("Name").fill("Journey");
  await author.getByLabel("Address").fill(tenant);
  await author.getByRole("button", { name: "Create tenant" }).click();
  await expect(author).toHaveURL(new RegExp(`/t/${tenant}/switchboard`));

  await open(author, `/t/${tenant}/members`);
  await author.getByRole("button", { name: "Invite a member" }).click();
  const dialog = author.getByRole("dialog");
  await dialog.getByLabel("E-mail address").fill(operatorMail);
  await dialog.getByLabel(/^workflow reviewer/i).check();
  await dialog.getByLabel(/^operator/i).check();
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(author.getByRole("cell", { name: operatorMail, exact: true })).toBeVisible();
  const invitation = linkIn(await deployment.smtp.nextTo(operatorMail));

  await writeWorkflow(author, tenant, deployment.target.url);
  await author.getByRole("button", { name: "Submit for review" }).click();
  await expect(author.getByText(/Waiting for a reviewer/)).toBeVisible();

  const operator = await signInByMail(browser, deployment, operatorMail);
  await open(operator, invitation);
  await operator.getByRole("button", { name: "Join Journey" }).click();
  await expect(operator).toHaveURL(new RegExp(`/t/${tenant}/`));
  await expect(operator.getByRole("link", { name: /Sync orders/ }).first()).toBeVisible();

  await open(operator, `/t/${tenant}/workflows/sync-orders`);
  await operator.getByRole("button", { name: "Approve" }).click();
  await operator.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(operator.getByRole("dialog")).toBeHidden();
  await operator.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(operator.getByText(/This is the version that runs/)).toBeVisible();

  await operator.getByRole("button", { name: "Start a run" }).click();
  await operator.getByRole("dialog").getByLabel("order").fill("A-17");
  await operator.getByRole("dialog").getByRole("button", { name: "Start" }).click();
  await expect(operator).toHaveURL(/\/runs\/run_/);
  await expect(operator.getByRole("heading", { level: 1 })).toContainText("Succeeded");
  const calls = deployment.target.hits.filter(({ headers }) =>
    operator.url().includes(String(headers["idempotency-key"]).split(":")[0] ?? "-"),
  );
  expect(calls.map(({ method, url, body }) => [method, url, body])).toEqual([
    ["GET", "/orders/A-17", ""],
    ["POST", "/ledger", '{"order":"/orders/A-17"}'],
  ]);
  await operator.reload();
  await expect(operator.getByRole("heading", { level: 1 })).toContainText("Succeeded");

  await operator.goto(`/t/${tenant}/receipts`);
  for (const action of [
    "tenant.create",
    "member.invite",
    "workflow.create",
    "workflow.submit",
    "workflow.review",
    "workflow.publish",
    "run.start",
    "run.finish",
  ])
    await expect(operator.getByText(action, { exact: true }).first()).toBeVisible();
});

import AxeBuilder from "@axe-core/playwright";
import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { definition, fresh, publish } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { linkIn } from "../sandbox/smtp";

const stage = (role: string) => ({ role, quorum: 1, expires_hours: 24 });

test("a payment waits for a reviewer and then for an administrator, who comes by the mailed link", async ({
  browser,
  deployment,
}) => {
  const as = (role: string) => signIn(deployment, `${role}@acme.test`);
  const [owner, author] = [await as("tenant_admin"), await as("workflow_author")];
  const [reviewer, operator] = [await as("workflow_reviewer"), await as("operator")];
  const name = fresh("Pay");
  const gate = {
    ...{ id: "gate", type: "approval", title: "Pay order {{ input.order }}?", details: "By bank transfer." },
    ...{ stages: [stage("workflow_reviewer"), stage("tenant_admin")], next: "pay" },
  };
  const pay = { id: "pay", type: "transform", expression: '{ "paid": input.order }' };
  const input = { order: { type: "string" } };
  const flow = await publish({ author, reviewer }, { ...definition(), name, input, steps: [gate, pay] });
  const pageOf = async (caller: typeof owner) => {
    const context = await browser.newContext({ baseURL: deployment.url });
    await enterAs(context, deployment.url, caller);
    return context.newPage();
  };
  const before = [...deployment.smtp.mails];
  const { runId } = await operator.ask<{ runId: string }>("runs.start", {
    ...{ workflowId: flow.workflowId, input: { order: "A-7" } },
  });

  const duty = await pageOf(operator);
  await open(duty, `/t/acme/runs/${runId}`);
  await expect(duty.getByText("gate: waits for approval")).toBeVisible();
  await duty.getByRole("link", { name: "Pay order A-7?" }).click();
  await expect(duty.getByText("You cannot decide this")).toBeVisible();
  await expect(duty.getByRole("button", { name: "Approve" })).toHaveCount(0);

  const desk = await pageOf(reviewer);
  await open(desk, "/t/acme/approvals?text=A-7");
  const row = desk.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("workflow reviewer, 0 of 1 (stage 1 of 2)");
  await row.getByRole("link", { name: "Pay order A-7?" }).click();
  await expect(desk.getByText("By bank transfer.")).toBeVisible();
  const { violations } = await new AxeBuilder({ page: desk }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  // By keys alone.
  await desk.getByRole("button", { name: "Reject" }).press("Enter");
  const dialog = desk.getByRole("dialog");
  await expect(dialog.getByRole("textbox", { name: "Why" })).toBeFocused();
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(dialog.getByText("must say why")).toBeVisible();
  await desk.keyboard.press("Escape");
  await desk.getByRole("button", { name: "Approve" }).click();
  await desk.getByRole("dialog").getByRole("textbox").fill("The invoice fits.");
  await desk.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(desk.getByText("The invoice fits.")).toBeVisible();
  await expect(desk.getByText("1 of 1 approved, complete")).toBeVisible();
  await expect(desk.getByRole("button", { name: "Approve" })).toHaveCount(0);

  const mail = new URL(linkIn(await deployment.smtp.nextTo(owner.email, before)));
  const admin = await pageOf(owner);
  await open(admin, `${mail.pathname}${mail.search}`);
  await admin.getByRole("button", { name: "Approve" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(admin.getByText("This link was used already")).toBeVisible();
  await open(duty, `/t/acme/runs/${runId}`);
  await expect(duty.getByRole("heading", { level: 1 })).toContainText("Succeeded");
  await open(desk, "/t/acme/approvals?tab=decided&text=A-7");
  await expect(desk.getByRole("row").filter({ hasText: name })).toContainText("Approved");
  for (const page of [duty, desk, admin]) await page.context().close();
});

test("a run whose start must be approved says so, and begins when it was", async ({ browser, deployment }) => {
  const as = (role: string) => signIn(deployment, `${role}@acme.test`);
  const [author, reviewer] = [await as("workflow_author"), await as("workflow_reviewer")];
  const [owner, operator] = [await as("tenant_admin"), await as("operator")];
  const steps = [{ id: "make", type: "transform", expression: '"made"' }];
  const approval_to_start = { stages: [stage("tenant_admin")] };
  const flow = await publish({ author, reviewer }, { ...definition(), name: fresh("Gated"), steps, approval_to_start });
  const { runId } = await operator.ask<{ runId: string }>("runs.start", { workflowId: flow.workflowId });
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, owner);
  const page = await context.newPage();
  await open(page, `/t/acme/workflows/${flow.slug}`);
  await expect(page.getByText("1 × tenant admin")).toBeVisible();
  await page.getByRole("link", { name: "Start a run" }).click();
  await page.getByRole("link", { name: "See the run" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Queued (approval)");
  await page.getByRole("link", { name: "Start a run" }).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await page.getByRole("link", { name: "See the run" }).click();
  await expect(page).toHaveURL(new RegExp(runId));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Succeeded");
  await context.close();
});

import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { definition, fresh, publish } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { sendMessage } from "../fixtures/webhook";

const input = {
  order: { type: "string", description: "Number of the order", max_length: 20 },
  speed: { type: "string", enum: ["slow", "fast"], default: "slow" },
  amount: { type: "number", min: 1, max: 10, required: false },
};

test("a workflow is opened to a shop's webhook, started each morning, and both are seen", async ({
  browser,
  deployment,
}) => {
  const as = (role: string) => signIn(deployment, `${role}@acme.test`);
  const [owner, author] = [await as("tenant_admin"), await as("workflow_author")];
  const [reviewer, operator] = [await as("workflow_reviewer"), await as("operator")];
  const slug = fresh("shop");
  const steps = [{ id: "make", type: "transform", expression: '{ "took": input.order }' }];
  await publish({ author, reviewer }, { ...definition(), name: "Take orders", input, steps }, slug);
  const pageOf = async (caller: typeof owner) => {
    const context = await browser.newContext({ baseURL: deployment.url, timezoneId: "Europe/Berlin" });
    await enterAs(context, deployment.url, caller);
    return context.newPage();
  };

  const admin = await pageOf(owner);
  await open(admin, `/t/acme/workflows/${slug}`);
  await admin.getByRole("link", { name: "Triggers" }).click();
  await expect(admin.getByRole("heading", { name: "No trigger yet" })).toBeVisible();
  await admin.getByRole("button", { name: "Add a webhook" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Shop");
  await dialog.getByLabel("Input, as JSONata over body").fill('{ "order": body.id, "speed": body.speed }');
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  const given = dialog.getByRole("definition");
  const secret = (await given.first().locator("code").textContent()) ?? "";
  const triggerId = ((await given.last().locator("code").textContent()) ?? "").split("/").at(-1) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();

  const hook = { triggerId, secret };
  const taken = await sendMessage(deployment, hook, { body: '{"id":"A-7","speed":"fast"}' });
  expect(taken.status).toBe(201);
  const refused = await sendMessage(deployment, hook, { body: '{"id":"A-8","speed":"warp"}' });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain("must be one of slow, fast");
  await open(admin, `/t/acme/workflows/${slug}/triggers`);
  const row = admin.getByRole("row").filter({ hasText: "Shop" });
  await expect(row).toContainText("must be one of slow, fast");
  await expect(admin.getByText(secret)).toHaveCount(0);
  await row.getByRole("link").click();
  await expect(admin).toHaveURL(/\/runs\/run_/);
  await expect(admin.getByRole("main")).toContainText("Shop");
  await admin.context().close();

  const duty = await pageOf(operator);
  await open(duty, `/t/acme/workflows/${slug}/triggers`);
  await duty.getByRole("button", { name: "Add a schedule" }).click();
  const form = duty.getByRole("dialog");
  await form.getByLabel("Name").fill("Each morning");
  await form.getByLabel("Schedule").fill("0 9 * * *");
  await form.getByLabel("Time zone").selectOption("America/New_York");
  const slots = form.getByRole("table", { name: "Fires next" });
  await expect(slots.getByRole("row")).toHaveCount(6);
  await expect(slots.getByRole("columnheader", { name: "Europe/Berlin" })).toBeVisible();
  await form.getByLabel("order").fill("A-9");
  await form.getByLabel("speed").selectOption("fast");
  await form.getByLabel("amount").fill("11");
  await form.getByRole("button", { name: "Add schedule" }).click();
  await expect(form.getByText("must be at most 10")).toBeVisible();
  await form.getByLabel("amount").fill("10");
  await form.getByRole("button", { name: "Add schedule" }).click();
  const scheduled = duty.getByRole("row").filter({ hasText: "Each morning" });
  await expect(scheduled).toContainText("0 9 * * * in America/New_York");
  await scheduled.getByRole("button", { name: "Disable Each morning" }).click();
  await duty.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(scheduled).toContainText("Disabled");
  await duty.context().close();
});

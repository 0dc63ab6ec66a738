import { type Buyer, choosePro, newBuyer, operate, payWith, planOf } from "../fixtures/buyer";
import { open } from "../fixtures/page";
import { fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

async function buyPro(buyer: Buyer): Promise<void> {
  await choosePro(buyer);
  await payWith(buyer.page, "4242424242424242");
  await expect(buyer.page.getByText("The plan is in force")).toBeVisible();
}

async function chooseChange({ page, slug }: Buyer, plan: RegExp): Promise<void> {
  await open(page, `/t/${slug}/billing`);
  await page.getByRole("link", { name: "Change plan" }).click();
  await expect(page.getByRole("heading", { name: "Change plan" })).toBeVisible();
  await page.getByRole("radio", { name: plan }).check();
}

const adapter = () => ({ slug: fresh("own"), name: "Our own", address: "https://adapter.example.test/" });

test("a new tenant tries the product, and is told for how long and where to buy", async ({ browser, deployment }) => {
  const { page, slug } = await newBuyer(browser, deployment);
  await open(page, `/t/${slug}/switchboard`);
  await expect(page.getByText(/The trial ends on .*, in 14 days/)).toBeVisible();
  await page.getByRole("link", { name: "See the plan" }).click();
  await expect(page.getByText("A trial, without a card")).toBeVisible();
  await expect(page.getByRole("button", { name: "Go to payment" })).toBeVisible();
  await page.context().close();
});

test("a smaller plan counts from the renewal on: what it lacks closes then, and what was made is still there", async ({
  browser,
  deployment,
}) => {
  const buyer = await newBuyer(browser, deployment);
  const { page, slug, caller } = buyer;
  await buyPro(buyer);
  const { adapterId } = await caller.ask<{ adapterId: string }>("adapters.register", adapter());

  await chooseChange(buyer, /Hosted SaaS Standard/);
  await page.getByRole("checkbox", { name: /Incident automation/ }).uncheck();
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByText("Single sign-on")).toBeVisible();
  await page.getByRole("button", { name: "Change it at the renewal" }).click();
  await expect(page.getByText("The plan changes at the renewal")).toBeVisible();
  const features = page.getByRole("region", { name: "Feature" });
  await expect(features.getByRole("row", { name: /^Custom adapters/ })).toContainText("Part of the plan");

  await operate(page, deployment, "One month on");
  await expect.poll(() => planOf(buyer)).toMatchObject({ title: "Hosted SaaS Standard", status: "active" });
  await open(page, `/t/${slug}/billing`);
  await expect(features.getByRole("row", { name: /^Custom adapters/ })).toContainText("Locked");
  await expect(page.getByText("The plan changes at the renewal")).toHaveCount(0);
  const { rows } = await caller.ask<{ rows: { id: string }[] }>("adapters.list", {});
  expect(rows.map(({ id }) => id)).toContain(adapterId);
  expect(await caller.attempt("adapters.register", adapter())).toMatchObject({ status: 402, code: "NotEntitled" });

  await page.getByRole("link", { name: "Invoices" }).click();
  // The first, and the renewal's, which is a draft for an hour.
  await expect(page.getByRole("region", { name: "Invoices" }).getByRole("row")).toHaveCount(3);
  await page.context().close();
});

test("a larger plan is there at once, for what was shown before, and a cancellation is taken back", async ({
  browser,
  deployment,
}) => {
  const buyer = await newBuyer(browser, deployment);
  const { page, slug } = buyer;
  await buyPro(buyer);
  await chooseChange(buyer, /Hosted SaaS Enterprise/);
  await page.getByRole("button", { name: "See what changes" }).click();
  const order = page.getByRole("button", { name: /^Change it now for \$/ });
  const [, due = ""] = /(\$[\d,.]+)$/.exec((await order.textContent()) ?? "") ?? [];
  await order.click();
  await expect.poll(() => planOf(buyer)).toMatchObject({ title: "Hosted SaaS Enterprise" });
  // The page goes back to the plan by itself, and would take the browser away from where it is sent meanwhile.
  await page.waitForURL(/\/billing(\?|$)/);
  await open(page, `/t/${slug}/billing/invoices`);
  await expect(page.getByRole("cell", { name: due }).first()).toBeVisible();

  await open(page, `/t/${slug}/billing/cancel`);
  await page.getByRole("radio", { name: "It costs too much" }).check();
  await page.getByRole("button", { name: "Cancel the plan" }).click();
  await expect.poll(() => planOf(buyer)).toMatchObject({ cancelAtPeriodEnd: true, status: "active" });
  await page.getByRole("button", { name: "Take the cancellation back" }).click();
  await expect.poll(() => planOf(buyer)).toMatchObject({ cancelAtPeriodEnd: false, status: "active" });
  await page.context().close();
});

test("a change that the bank asks about waits, and is there once it was confirmed", async ({ browser, deployment }) => {
  const buyer = await newBuyer(browser, deployment);
  const { page, slug } = buyer;
  await choosePro(buyer);
  // Its holder is asked each time.
  await payWith(page, "4000002760003184");
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("The plan is in force")).toBeVisible();
  await chooseChange(buyer, /Hosted SaaS Enterprise/);
  await page.getByRole("button", { name: "See what changes" }).click();
  await page.getByRole("button", { name: /^Change it now for \$/ }).click();
  await expect(page.getByText("no money moves").first()).toBeVisible();
  expect(await planOf(buyer)).toMatchObject({ title: "Hosted SaaS Pro" });
  const invoice = page.url();
  await open(page, `/t/${slug}/billing`);
  await expect(page.getByText("A change waits to be paid")).toBeVisible();
  await page.goto(invoice);
  await page.getByRole("link", { name: "Confirm the payment that was begun" }).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await expect.poll(() => planOf(buyer)).toMatchObject({ title: "Hosted SaaS Enterprise", status: "active" });
  await page.context().close();
});

import type { Browser, Page } from "playwright/test";
import { type Caller, signInByMail } from "../fixtures/caller";
import type { Deployment } from "../fixtures/deployment";

import { enterAs, open } from "../fixtures/page";
import { fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

interface Buyer {
  caller: Caller;
  slug: string;
  page: Page;
}

/** A tenant that nobody granted anything, and its founder in a browser. */
async function newBuyer(browser: Browser, deployment: Deployment): Promise<Buyer> {
  const slug = fresh("buyer");
  const founder = await signInByMail(deployment, `${slug}@example.test`);
  await founder.ask("me/tenants.create", { name: `Buyer ${slug}`, slug });
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, founder);
  return { caller: founder.at(slug), slug, page: await context.newPage() };
}

/** Where the local billing sandbox is, as the product says at its start. */
const operatorUrl = (deployment: Deployment): string => {
  const url = /(http:\/\/127\.0\.0\.1:\d+)\/operator/.exec(deployment.log())?.[0];
  if (url === undefined) throw new Error("the product says where its billing sandbox is");
  return url;
};

/** Presses a button of the sandbox's operator, such as the one that holds webhooks back. */
async function operate(page: Page, deployment: Deployment, name: string): Promise<void> {
  const desk = await page.context().newPage();
  await desk.goto(operatorUrl(deployment));
  await desk
    .getByRole("link", { name: /^acct_/ })
    .first()
    .click();
  await desk.getByRole("button", { name }).click();
  await desk.close();
}

async function choosePro({ page, slug }: Buyer): Promise<void> {
  await open(page, `/t/${slug}/billing`);
  await page.getByRole("radio", { name: /Hosted SaaS Pro/ }).check();
  await page.getByRole("checkbox", { name: /Incident automation/ }).check();
  await expect(page.getByRole("status").filter({ hasText: "a month before tax" })).toContainText("$698.00");
  await page.getByRole("button", { name: "Go to payment" }).click();
  await expect(page.getByText("no money moves").first()).toBeVisible();
}

async function payWith(page: Page, number: string): Promise<void> {
  await page.getByLabel("E-mail").fill("ada@example.test");
  await page.getByLabel("Name").first().fill("Ada Lovelace");
  await page.getByLabel("Country").selectOption("DE");
  await page.getByLabel("Street and number").fill("Allee 1");
  await page.getByLabel("Postal code").fill("10115");
  await page.getByLabel("Town").fill("Berlin");
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expiry (MM/YY)").fill("12/40");
  await page.getByLabel("Security code").fill("123");
  await page.getByRole("button", { name: /subscribe/i }).click();
}

const planOf = async ({ caller }: Buyer) =>
  (await caller.ask<{ plan: { title: string; status: string } | null }>("billing.plan")).plan;

test("a plan is paid with a card that asks its holder, and is there before any webhook came", async ({
  browser,
  deployment,
}) => {
  const buyer = await newBuyer(browser, deployment);
  const { page, slug } = buyer;
  await operate(page, deployment, "Hold new ones back");
  await choosePro(buyer);
  await payWith(page, "4000002500003155");
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("The plan is in force")).toBeVisible();
  await page.getByRole("link", { name: "See the plan" }).click();
  await expect(page.getByText("Hosted SaaS Pro").first()).toBeVisible();
  const features = page.getByRole("region", { name: "Feature" });
  await expect(features.getByRole("row", { name: /^Custom adapters/ })).toContainText("Part of the plan");
  await expect(features.getByRole("row", { name: /^Access reviews/ })).toContainText("Part of the plan");
  await operate(page, deployment, "Release");
  await open(page, `/t/${slug}/billing`);
  await expect(page.getByText("The subscription at Stripe")).toBeVisible();
  await page.context().close();
});

test("a plan is there though nobody came back from paying, and ends in the portal at the period's end", async ({
  browser,
  deployment,
}) => {
  const buyer = await newBuyer(browser, deployment);
  const { page, slug } = buyer;
  await page.route("**/billing/done**", (route) => route.abort());
  await choosePro(buyer);
  await payWith(page, "4242424242424242");
  await expect.poll(() => planOf(buyer)).toMatchObject({ title: "Hosted SaaS Pro", status: "active" });
  await page.unroute("**/billing/done**");

  await open(page, `/t/${slug}/billing`);
  await page.getByRole("button", { name: "Cards, invoices and cancellation" }).click();
  await page.getByRole("link", { name: /cancel/i }).click();
  await page.getByRole("button", { name: /cancel/i }).click();
  await expect
    .poll(async () => (await buyer.caller.ask<{ plan: unknown }>("billing.plan")).plan)
    .toMatchObject({
      ...{ cancelAtPeriodEnd: true, status: "active" },
    });
  await page.context().close();
});

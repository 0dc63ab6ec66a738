import { choosePro, newBuyer, operate, payWith, planOf } from "../fixtures/buyer";
import { open } from "../fixtures/page";
import { expect, test } from "../fixtures/test";

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
  await page.getByRole("button", { name: "Cards and address" }).click();
  await page.getByRole("link", { name: /cancel/i }).click();
  await page.getByRole("button", { name: /cancel/i }).click();
  await expect
    .poll(async () => (await buyer.caller.ask<{ plan: unknown }>("billing.plan")).plan)
    .toMatchObject({
      ...{ cancelAtPeriodEnd: true, status: "active" },
    });
  await page.context().close();
});

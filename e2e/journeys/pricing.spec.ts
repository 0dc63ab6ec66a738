import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { expect, test } from "../fixtures/test";

test("a visitor finds out what a month would cost, and shares it", async ({ browser, deployment }) => {
  const context = await browser.newContext({ baseURL: deployment.url });
  const page = await context.newPage();
  await open(page, "/pricing?preset=small");
  const price = page.getByRole("region", { name: "Price", exact: true });
  const total = price.getByRole("row", { name: /List price/ });
  await expect(total).toContainText("$118.00");

  // What is typed is the address soon, without the field losing its place.
  const seats = page.getByRole("textbox", { name: "Seats" });
  await seats.fill("5");
  await expect(total).toContainText("$137.00");
  await expect(seats).toBeFocused();
  await expect(page).toHaveURL(/seats=5/);
  await open(page, page.url());
  await expect(page.getByRole("textbox", { name: "Seats" })).toHaveValue("5");
  await expect(total).toContainText("$137.00");

  await page.getByRole("textbox", { name: "Runs a month" }).fill("many");
  await expect(page.getByRole("status").filter({ hasText: "Runs a month: it must be a whole number" })).toBeVisible();
  await page.getByRole("textbox", { name: "Runs a month" }).fill("100000");
  await expect(page.getByText("This plan does not carry so much")).toBeVisible();
  await page.getByRole("combobox", { name: "Plan" }).selectOption("pro");
  await expect(total).toContainText("$1,895.00");

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  expect((await download).suggestedFilename()).toBe("conductor-price.csv");
  await context.close();
});

test("a founder moves a slider, and the small, the middle and the large tenant stand beside it", async ({
  browser,
  deployment,
}) => {
  const founder = await signIn(deployment, "conductor_admin@operator.test", "operator");
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, founder);
  const page = await context.newPage();
  await open(page, "/t/operator/pricing?preset=mid");
  const glance = page.getByRole("region", { name: "A month" });
  const mine = glance.getByRole("row", { name: /^This month/ });
  await expect(mine).toContainText("240,000");
  for (const [name, margin] of [
    ["Small", "78.75 %"] as const,
    ["Middle", "87.75 %"] as const,
    ["Large", "82.01 %"] as const,
  ])
    await expect(glance.getByRole("row", { name: new RegExp(`^${name} tenant`) })).toContainText(margin);

  await page.getByRole("slider", { name: "Runs a month, slider" }).press("End");
  await expect(page.getByRole("textbox", { name: "Runs a month" })).toHaveValue("1000000");
  await expect(mine).toContainText("16,000,000");
  await page.getByRole("textbox", { name: "Runs a month" }).fill("100");
  await expect(page.getByRole("slider", { name: "Runs a month, slider" })).toHaveValue("0");
  await expect(mine).toContainText("1,600");

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export PDF" }).click();
  expect((await download).suggestedFilename()).toBe("conductor-margins.pdf");
  await context.close();
});

test("a founder compares two tenants, and reads what to see to", async ({ browser, deployment }) => {
  const founder = await signIn(deployment, "conductor_admin@operator.test", "operator");
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, founder);
  const page = await context.newPage();
  await open(page, "/t/operator/pricing?preset=large");
  const lines = page.getByRole("region", { name: "US dollars a month" });
  await expect(lines.getByRole("row", { name: /Gross margin/ })).toContainText("82.01 %");
  await expect(page.getByText(/charge retention by the GB month/)).toBeVisible();

  await page.getByRole("combobox", { name: "Look into, beside it" }).selectOption("small");
  await expect(page.getByRole("heading", { name: "Small tenant: what it says" })).toBeVisible();
  await expect(page).toHaveURL(/compare=small/);

  await page.getByRole("textbox", { name: "Discount, %" }).fill("45");
  await expect(page.getByText(/The discount is blocked/)).toBeVisible();
  await context.close();
});

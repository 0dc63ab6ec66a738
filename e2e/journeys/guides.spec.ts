import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { expect, test } from "../fixtures/test";

test("whoever was woken finds the runbook by its words, and goes from page to page", async ({
  browser,
  deployment,
}) => {
  const context = await browser.newContext({
    ...{ baseURL: deployment.url, permissions: ["clipboard-read", "clipboard-write"] },
  });
  const page = await context.newPage();
  await open(page, "/docs");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("chain broken head");
  await page.keyboard.press("Enter");
  const found = page.getByRole("region", { name: "Pages about chain broken head" });
  await expect(found.getByRole("listitem").first()).toContainText("Walls or the record are broken");
  await expect(found.locator("mark").filter({ hasText: "chain" }).first()).toBeVisible();

  await found.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Walls or the record are broken");
  await expect(page).toHaveURL(/\/docs\/runbooks\/audit-record#receipts-chained$/);
  await expect(page.getByText(/^Owner: compliance\. Last reviewed: \d{4}-\d\d-\d\d\.$/)).toBeVisible();
  await page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "It is over when" }).click();
  await expect(page).toHaveURL(/#it-is-over-when$/);

  await page.getByRole("article").getByRole("link", { name: "recovery" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Disaster recovery");
  await page.getByRole("button", { name: "Copy code" }).first().click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("npx conductor backup --deployment --out");

  await open(page, "/docs?text=nothingofthekind");
  await expect(page.getByRole("heading", { name: "Nothing says “nothingofthekind”" })).toBeVisible();
  const missing = await page.goto("/docs/guides/no-such-guide");
  expect(missing?.status()).toBe(404);
  await context.close();
});

test("a page of guides scrolls nowhere to the side on a phone; its wide tables do within", async ({
  browser,
  deployment,
}) => {
  const context = await browser.newContext({ baseURL: deployment.url, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  for (const address of [
    "/docs",
    "/docs/reference/controls",
    "/docs/guides/selling",
    "/docs/runbooks/disaster-recovery",
  ]) {
    await open(page, address);
    const isWider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect([address, isWider]).toEqual([address, false]);
  }
  await context.close();
});

test("an operator goes from the palette to a guide, and from its words to the search", async ({
  browser,
  deployment,
}) => {
  const operator = await signIn(deployment, "operator@acme.test", "acme");
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, operator);
  const page = await context.newPage();
  await open(page, "/t/acme/switchboard");
  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: "Search" }).fill("kills take");
  await page.getByRole("button", { name: /^Kills take too long/ }).click();
  await expect(page).toHaveURL(/\/docs\/runbooks\/slo-incident-path-latency$/);

  await open(page, "/t/acme/switchboard");
  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: "Search" }).fill("mail server");
  await page.getByRole("button", { name: /Search the guides for “mail server”/ }).click();
  await expect(page).toHaveURL(/\/docs\?text=mail%20server$/);
  await expect(page.getByRole("link", { name: /The mail server does not answer/ }).first()).toBeVisible();
  await context.close();
});

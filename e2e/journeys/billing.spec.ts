import type { Browser } from "playwright/test";
import { signIn } from "../fixtures/caller";
import type { Deployment } from "../fixtures/deployment";
import { enterAs, open } from "../fixtures/page";
import { expect, test } from "../fixtures/test";

async function pageOf(browser: Browser, deployment: Deployment, email: string, tenant: string) {
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, await signIn(deployment, email, tenant));
  return context.newPage();
}

test("an administrator reads the plan, its limits and what would open the rest; an operator is told who may", async ({
  browser,
  deployment,
}) => {
  const page = await pageOf(browser, deployment, "tenant_admin@globex.test", "globex");
  await open(page, "/t/globex/billing");
  await expect(page.getByText("Hosted SaaS Pro").first()).toBeVisible();
  await expect(page.getByText("A grant by whoever operates this deployment")).toBeVisible();
  await expect(page.getByRole("row", { name: /^Seats/ })).toContainText("10");
  const features = page.getByRole("region", { name: "Feature" });
  await expect(features.getByRole("row", { name: /^Access reviews/ })).toContainText("Part of the plan");
  await expect(features.getByRole("row", { name: /^Audit record/ })).toContainText("Always open");
  await expect(features.getByRole("row", { name: /^Incident automation/ })).toContainText(
    "Locked. Opens with the add-on Incident automation",
  );
  await expect(features.getByRole("row", { name: /^Compliance pack/ })).toContainText(
    "Locked. Opens with the add-on Compliance",
  );
  await expect(features.getByRole("row", { name: /^Internal audit/ })).toContainText("Locked. Opens with");
  await page.context().close();

  const other = await pageOf(browser, deployment, "operator@globex.test", "globex");
  await open(other, "/t/globex/billing");
  await expect(other.getByText("Not allowed")).toBeVisible();
  await expect(other.getByText("Hosted SaaS Pro")).toHaveCount(0);
  await other.context().close();
});

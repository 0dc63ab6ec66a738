import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { publish } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

interface Objective {
  id: string;
  sli: string;
  period: { good: number; total: number };
}

test("a failed run is seen in the objective it spends, with the way to it, and as files", async ({
  browser,
  deployment,
}) => {
  // Minutes have to close before they are judged: two of them, on the wall's own clock.
  test.setTimeout(300_000);
  const as = (role: string) => signIn(deployment, `${role}@globex.test`, "globex");
  const [author, reviewer, operator] = [
    await as("workflow_author"),
    await as("workflow_reviewer"),
    await as("operator"),
  ];
  const failing = { id: "ask", type: "http", retries: 0, request: { url: `${deployment.target.url}/status/500` } };
  const { workflowId } = await publish({ author, reviewer }, { name: "Charge a card", steps: [failing] });
  const success = async () =>
    (await operator.ask<{ rows: Objective[] }>("slos.list", {})).rows.find(({ sli }) => sli === "workflow-success");
  // Objectives come with a tenant's first minute, and what is counted shows with the next that closes.
  await expect.poll(async () => (await success())?.id, { timeout: 100_000 }).toBeDefined();
  await operator.ask("runs.start", { workflowId, input: {} });
  await expect
    .poll(
      async () => {
        const { good = 0, total = 0 } = (await success())?.period ?? {};
        return total - good;
      },
      { timeout: 150_000 },
    )
    .toBeGreaterThan(0);

  const context = await browser.newContext({ baseURL: deployment.url, acceptDownloads: true });
  await enterAs(context, deployment.url, operator);
  const page = await context.newPage();
  await open(page, "/t/globex/slos");
  await expect(page.getByRole("heading", { name: "Conductor SLO view" })).toBeVisible();
  await expect(page.getByRole("meter")).toHaveCount(5);
  await page.getByRole("link", { name: "Burn-down, alerts and runs of Runs that succeed" }).click();
  await expect(page.getByRole("heading", { name: /Runs that succeed/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /Error budget left over the last 7 days/ })).toBeVisible();
  await page.getByRole("link", { name: "1 day", exact: true }).click();
  await expect(page.getByRole("img", { name: /Burn rate over the last day: at most \d/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Charge a card" })).toBeVisible();

  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
  expect(csv.suggestedFilename()).toBe("workflow-success-globex-1d.csv");
  const [svg] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "SVG" }).click()]);
  expect(svg.suggestedFilename()).toBe("workflow-success-globex-1d.svg");

  await page.getByRole("link", { name: "Charge a card" }).click();
  await expect(page).toHaveURL(/\/t\/globex\/runs\/run_/);
  await context.close();
});

test("what is no objective, or another tenant's, is not found", async ({ browser, deployment }) => {
  const [acme, globex] = [
    await signIn(deployment, "read_only@acme.test"),
    await signIn(deployment, "read_only@globex.test", "globex"),
  ];
  await expect
    .poll(async () => (await acme.ask<{ rows: Objective[] }>("slos.list", {})).rows.length, { timeout: 100_000 })
    .toBe(5);
  const [theirs] = (await acme.ask<{ rows: Objective[] }>("slos.list", {})).rows;
  expect((await globex.send(`/t/globex/slos/${theirs?.id}`)).status).toBe(404);
  expect((await globex.send("/t/globex/slos/slo_nothing")).status).toBe(404);
  expect((await globex.send(`/t/acme/slos/${theirs?.id}`)).status).toBe(404);
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, globex);
  const page = await context.newPage();
  await page.goto("/t/globex/slos/slo_nothing");
  await expect(page.getByRole("link", { name: "Go to the SLOs" })).toBeVisible();
  await context.close();
});

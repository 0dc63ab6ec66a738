import AxeBuilder from "@axe-core/playwright";
import { readFile } from "node:fs/promises";
import { signIn } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { finished } from "../fixtures/run";
import { fresh, publish } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

test("a failed run is looked into, repeated from the step that failed, compared, found again and exported", async ({
  browser,
  deployment,
  sides: { b: side },
}) => {
  test.setTimeout(240_000);
  const { url: target } = deployment.target;
  const name = fresh("=Close the books");
  const step = (id: string, path: string, next?: string) => ({
    ...{ id, type: "http", name: `Ask ${id}`, retries: 1, request: { url: `${target}${path}` } },
    ...(next === undefined ? {} : { next }),
  });
  const { workflowId } = await publish(side, {
    ...{ name, input: { order: { type: "string" } } },
    steps: [
      step("shop", "/orders/{{ input.order }}", "pause"),
      { id: "pause", type: "wait", seconds: 1, next: "bank" },
      step("bank", "/status/500"),
    ],
  });
  const { runId } = await side.operator.ask<{ runId: string }>("runs.start", { workflowId, input: { order: "A-1" } });
  expect((await finished(side, runId)).status).toBe("failed");

  const context = await browser.newContext({ baseURL: deployment.url, acceptDownloads: true });
  await enterAs(context, deployment.url, side.operator);
  const page = await context.newPage();
  const isAccessible = async () => {
    const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target: at }) => at.join(" "))])).toEqual([]);
  };

  const reused = page.getByRole("list", { name: "Steps of the run" }).getByText("Reused");
  await open(page, `/t/globex/runs/${runId}`);
  await page.getByRole("link", { name: "Waterfall" }).click();
  await expect(page).toHaveURL(/view=waterfall/);
  const bank = page.getByRole("row", { name: /Ask bank/ });
  await expect(bank).toContainText("2 attempts failed");
  await expect(bank).toContainText("Attempt 1 failed");
  await expect(page.getByRole("row", { name: /^pause/ })).toContainText("Waited");
  await isAccessible();

  await page.getByRole("link", { name: "Timeline" }).click();
  await page.getByText("Ask bank").first().click();
  await page.getByRole("button", { name: "Re-run from here" }).last().click();
  await page.getByRole("dialog").getByRole("button", { name: "Re-run" }).click();
  await expect(page).toHaveURL(/\/runs\/run_[0-9a-f]{32}$/);
  await expect(page).not.toHaveURL(new RegExp(runId));
  const again = page.url().split("/").at(-1) ?? "";
  await expect(reused).toHaveCount(2);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Failed");
  const shop = deployment.target.hits.filter(({ url }) => url === "/orders/A-1");
  expect(shop).toHaveLength(1);
  await page.getByRole("link", { name: "Compare both" }).click();
  await expect(page).toHaveURL(new RegExp(`left=${runId}&right=${again}`));
  await expect(page.getByText("Both runs have the same input.")).toBeVisible();
  await expect(page.getByRole("row", { name: /Ask shop/ })).toContainText("the same");
  await isAccessible();

  await open(page, `/t/globex/runs/${runId}`);
  await expect(page.getByRole("heading", { name: "Repeated by" })).toBeVisible();
  await page.getByRole("button", { name: "Run again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Run again" }).click();
  await expect(page).not.toHaveURL(new RegExp(runId));
  await expect(reused).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Failed");

  await open(page, "/t/globex/runs?cursor=from-long-ago");
  await expect(page.getByText("This is the beginning of the list")).toBeVisible();
  const filter = page.getByRole("search", { name: "Filter runs" });
  await filter.getByLabel("Id or workflow").fill(name);
  await filter.getByLabel("Started by").fill("me");
  await filter.getByLabel("Asked for").selectOption("last hour");
  await filter.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/by=me/);
  await expect(page.getByRole("row")).toHaveCount(4);
  await isAccessible();
  const boxes = page.getByRole("checkbox", { name: /Compare/ });
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await expect(page.getByRole("link", { name: "Compare the two runs" })).toHaveAttribute("href", /left=.*right=/);

  const downloads = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export all as CSV" }).click();
  const lines = (await readFile(await (await downloads).path(), "utf8")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain(`'${name}`);
  const exported = await side.operator.ask<{ rows: { body: unknown }[] }>("receipts.list", { action: "run.export" });
  expect(exported.rows[0]?.body).toMatchObject({ detail: { rows: 3, filter: { text: name, startedBy: "me" } } });

  await open(page, `/t/globex/runs?text=${encodeURIComponent(name)}&status=cancelled`);
  await expect(page.getByText("No run matches")).toBeVisible();
  await isAccessible();
  await context.close();
});

test("an export is given to whoever may read the list, from the product's own pages", async ({ deployment }) => {
  const viewer = await signIn(deployment, "read_only@globex.test", "globex");
  const ask = (headers: Record<string, string>, query = "") =>
    fetch(`${deployment.url}/t/globex/runs/export${query}`, { method: "POST", headers });
  const own = { cookie: viewer.cookie, "sec-fetch-site": "same-origin" };
  const mine = await ask(own, "?status=killed");
  expect([mine.status, mine.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  expect((await mine.text()).startsWith("Run,Workflow,")).toBe(true);
  expect((await ask({ ...own, "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await ask({ "sec-fetch-site": "same-origin" })).status).toBe(401);
  const elsewhere = await fetch(`${deployment.url}/t/acme/runs/export`, { method: "POST", headers: own });
  const nowhere = await fetch(`${deployment.url}/t/no-such-tenant/runs/export`, { method: "POST", headers: own });
  expect([elsewhere.status, await elsewhere.text()]).toEqual([404, await nowhere.text()]);
  expect((await fetch(`${deployment.url}/t/globex/runs/export`, { headers: own })).status).toBe(405);
});

test("a run that is not one's own is not compared", async ({ deployment, sides: { a, b } }) => {
  const at = (left: string, right: string) =>
    fetch(`${deployment.url}/t/globex/runs/compare?left=${left}&right=${right}`, {
      headers: { cookie: b.operator.cookie },
    });
  expect((await at(b.runId, b.runId)).status).toBe(200);
  expect((await at(a.runId, b.runId)).status).toBe(404);
  expect((await at(b.runId, a.runId)).status).toBe(404);
});

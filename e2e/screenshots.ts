import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright";
import { type Caller, signIn } from "./fixtures/caller";
import { launchOptions } from "./fixtures/chromium";
import { type Deployment, startDeployment } from "./fixtures/deployment";
import { enterAs, open } from "./fixtures/page";

/** Takes the pictures that the README shows, or those that are named: the demo's tenant at work, in both themes. */
const FOLDER = path.resolve(import.meta.dirname, "..", "docs", "images");

interface Run {
  id: string;
  status: string;
  workflowSlug: string;
}

const asked = process.argv.slice(2);

/** Waits until what was started has come as far as it does by itself, and gives the runs. */
async function settledRuns(caller: Caller): Promise<readonly Run[]> {
  for (;;) {
    const { rows } = await caller.ask<{ rows: Run[] }>("runs.list", { limit: 100 });
    const { rows: waiting } = await caller.ask<{ rows: unknown[] }>("approvals.list", { tab: "open" });
    // The last to come are the run that an event of a failed one starts, and the requests for approval.
    const isSettled = rows.some(
      ({ workflowSlug, status }) => workflowSlug === "tell-support" && status === "succeeded",
    );
    if (isSettled && waiting.length === 3) return rows;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** What is shown, and who looks at it. */
async function pictures(deployment: Deployment) {
  const as = (role: string) => signIn(deployment, `${role}@acme.test`);
  const [owner, author] = [await as("tenant_admin"), await as("workflow_author")];
  const runs = await settledRuns(owner);
  const run = runs.find(({ workflowSlug }) => workflowSlug === "restock-shops")?.id ?? "";
  return [
    { name: "switchboard", caller: owner, address: "/t/acme/switchboard" },
    { name: "run", caller: owner, address: `/t/acme/runs/${run}` },
    { name: "approvals", caller: await as("workflow_reviewer"), address: "/t/acme/approvals" },
    { name: "editor", caller: author, address: "/t/acme/workflows/pay-a-supplier/edit" },
    { name: "billing", caller: owner, address: "/t/acme/billing" },
  ].filter(({ name }) => asked.length === 0 || asked.includes(name));
}

async function shoot(browser: Browser, deployment: Deployment): Promise<void> {
  for (const { name, caller, address } of await pictures(deployment))
    for (const colorScheme of ["light", "dark"] as const) {
      const viewport = { width: 1280, height: 800 };
      const context = await browser.newContext({ baseURL: deployment.url, colorScheme, viewport });
      await enterAs(context, deployment.url, caller);
      const page = await context.newPage();
      await open(page, address);
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: path.join(FOLDER, `${name}-${colorScheme}.png`) });
      await context.close();
    }
}

mkdirSync(FOLDER, { recursive: true });
const deployment = await startDeployment({}, { scene: true });
const browser = await chromium.launch(launchOptions);
try {
  await shoot(browser, deployment);
} finally {
  await browser.close();
  await deployment.stop();
}

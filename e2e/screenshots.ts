import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright";
import { launchOptions } from "./fixtures/chromium";
import { type Deployment, startDeployment } from "./fixtures/deployment";

/** Takes the pictures that README and guides show: every page in both themes, with real runs of a real workflow. */
const FOLDER = path.resolve(import.meta.dirname, "..", "docs", "images");
const PAGES: readonly [name: string, path: string][] = [
  ["switchboard", "/t/acme/switchboard"],
  ["workflows", "/t/acme/workflows"],
  ["workflow", "/t/acme/workflows/sync-orders"],
  ["runs", "/t/acme/runs"],
  ["receipts", "/t/acme/receipts"],
  ["members", "/t/acme/members"],
  ["api-keys", "/t/acme/api-keys"],
  ["settings", "/t/acme/settings"],
  ["tenants", "/tenants"],
  ["account", "/account"],
];

type Call = (procedure: string, input: unknown) => Promise<Record<string, string>>;

/** Somebody of the demo, as a caller of procedures. */
async function as(deployment: Deployment, email: string): Promise<Call> {
  const { url } = deployment;
  const headers = { "content-type": "application/json", origin: url };
  const signedIn = await fetch(`${url}/api/demo/sign-in`, { method: "POST", headers, body: JSON.stringify({ email }) });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return async (procedure, input) => {
    const body = JSON.stringify(input);
    const answer = await fetch(`${url}/api/trpc/acme/${procedure}`, {
      method: "POST",
      headers: { ...headers, cookie },
      body,
    });
    const { result, error } = (await answer.json()) as {
      result?: { data: Record<string, string> };
      error?: { message: string };
    };
    if (result === undefined) throw new Error(`${procedure}: ${error?.message ?? answer.status}`);
    return result.data;
  };
}

function definition(target: string): Record<string, unknown> {
  return {
    name: "Sync orders",
    description: "Takes an order from the shop and books it in the ledger.",
    attributes: {
      environment: "prod",
      region: "eu",
      risk_profile: "medium",
      business_unit: "finance",
      data_sensitivity: "internal",
    },
    input: { order: { type: "string", description: "Number of the order" } },
    steps: [
      {
        id: "fetch",
        name: "Fetch the order",
        type: "http",
        request: { url: `${target}/orders/{{ input.order }}` },
        next: "check",
      },
      {
        ...{ id: "check", name: "Is it paid?", type: "branch" },
        ...{ cases: [{ when: "steps.fetch.output.status == 200", next: "book" }], otherwise: "tell" },
      },
      {
        ...{ id: "book", name: "Book it", type: "http", retries: 0 },
        request: { method: "POST", url: `${target}/ledger`, body: { order: "{{ input.order }}" } },
      },
      {
        id: "tell",
        name: "Tell finance",
        type: "notify",
        to: "finance@acme.test",
        subject: "Order {{ input.order }}",
        text: "Not paid yet.",
      },
    ],
  };
}

async function fill(deployment: Deployment): Promise<string> {
  const [author, reviewer, operator] = await Promise.all(
    ["workflow_author", "workflow_reviewer", "operator"].map((role) => as(deployment, `${role}@acme.test`)),
  );
  if (author === undefined || reviewer === undefined || operator === undefined)
    throw new Error("the demo has its people");
  const made = await author("workflows.create", { slug: "sync-orders", definition: definition(deployment.target.url) });
  const { versionId, contentHash, workflowId } = made;
  await author("workflows.submit", { versionId });
  await reviewer("workflows.review", { versionId, contentHash, verdict: "approved", comment: "Reads well." });
  await reviewer("workflows.publish", { versionId, contentHash });
  const next = await author("workflows.create", {
    slug: "close-books",
    definition: { ...definition(deployment.target.url), name: "Close the books" },
  });
  await author("workflows.submit", { versionId: next.versionId });
  let runId = "";
  for (let number = 1; number <= 12; number += 1)
    runId = (await operator("runs.start", { workflowId, input: { order: `A-${number}` } })).runId ?? "";
  return runId;
}

async function shoot(
  browser: Browser,
  deployment: Deployment,
  runId: string,
  colorScheme: "light" | "dark",
): Promise<void> {
  const context = await browser.newContext({
    baseURL: deployment.url,
    colorScheme,
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.screenshot({ path: path.join(FOLDER, `sign-in-${colorScheme}.png`) });
  const enterAs = (role: string) =>
    context.request.post("/api/demo/sign-in", {
      data: { email: `${role}@acme.test` },
      headers: { origin: deployment.url },
    });
  await enterAs("workflow_author");
  await page.goto("/t/acme/workflows/sync-orders/edit");
  await page.getByText("No problems").waitFor();
  await page.screenshot({ path: path.join(FOLDER, `editor-${colorScheme}.png`) });
  await enterAs("workflow_reviewer");
  await page.goto(`/t/acme/runs/${runId}`);
  await page.getByText("Succeeded").first().waitFor();
  await page.screenshot({ path: path.join(FOLDER, `run-${colorScheme}.png`) });
  for (const [name, where] of PAGES) {
    await page.goto(where, { waitUntil: "networkidle" });
    await page.screenshot({ path: path.join(FOLDER, `${name}-${colorScheme}.png`) });
  }
  await context.close();
}

mkdirSync(FOLDER, { recursive: true });
const deployment = await startDeployment();
const browser = await chromium.launch(launchOptions);
try {
  const runId = await fill(deployment);
  for (const colorScheme of ["light", "dark"] as const) await shoot(browser, deployment, runId, colorScheme);
} finally {
  await browser.close();
  await deployment.stop();
}

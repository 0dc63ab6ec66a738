import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { type Caller, signIn, signInByMail } from "../fixtures/caller";
import type { Deployment } from "../fixtures/deployment";
import { enterAs, open } from "../fixtures/page";
import { definition, fresh, type Made, newSecret, publish } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { linkIn } from "../sandbox/smtp";

/** Pages by who looks at them; nobody is signed in for those of "". */
type Views = readonly (readonly [caller: Caller | null, paths: readonly string[]])[];

/** The pages of two objectives: one about events, one about minutes. A tenant has them within its first minute. */
async function objectivePaths(owner: Caller): Promise<string[]> {
  const list = async () => (await owner.ask<{ rows: { id: string; sli: string }[] }>("slos.list", {})).rows;
  await expect.poll(async () => (await list()).length, { timeout: 90_000 }).toBe(5);
  return (await list())
    .filter(({ sli }) => sli === "workflow-success" || sli === "incident-path-latency")
    .map(({ id }) => `/t/acme/slos/${id}?days=1`);
}

/** A tenant with something on every page, and who looks at what. */
async function fill(deployment: Deployment): Promise<Views> {
  const as = (role: string) => signIn(deployment, `${role}@acme.test`);
  const [owner, author] = [await as("tenant_admin"), await as("workflow_author")];
  const [reviewer, operator] = [await as("workflow_reviewer"), await as("operator")];
  const founder = await signIn(deployment, "conductor_admin@operator.test", "operator");
  await founder.ask("trustPages.publish", {});
  await owner.ask("compliance.recordException", {
    ...{ control: "MC-IR-06", reason: "Being written.", expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
  });
  const slug = fresh("flow");
  const flow = await publish({ author, reviewer }, { input: { order: { type: "string" } } }, slug);
  const saved = await author.ask<Made>("workflows.saveDraft", {
    ...{ workflowId: flow.workflowId, baseHash: flow.contentHash },
    definition: definition({ name: "Another name", description: "A second version." }),
  });
  await author.ask("workflows.submit", { versionId: saved.versionId });
  const failing = await publish(
    { author, reviewer },
    {
      ...{ name: "Fails" },
      steps: [{ id: "ask", type: "http", retries: 0, request: { url: `${deployment.target.url}/status/500` } }],
    },
  );
  const start = async (workflowId: string, input = {}) =>
    (await operator.ask<{ runId: string }>("runs.start", { workflowId, input })).runId;
  const moving = await start(flow.workflowId, { order: "A-1" });
  const failed = await start(failing.workflowId);
  await expect
    .poll(async () => (await operator.ask<{ status: string }>("runs.get", { runId: failed })).status)
    .toBe("failed");

  const stages = [
    { role: "workflow_reviewer", quorum: 2, expires_hours: 24 },
    { role: "tenant_admin", quorum: 1, expires_hours: 72 },
  ];
  const asking = await publish(
    { author, reviewer },
    {
      name: "Pay a supplier",
      steps: [{ id: "gate", type: "approval", title: "Pay the supplier?", details: "It is due today.", stages }],
    },
  );
  await start(asking.workflowId);
  const requests = async () =>
    (await reviewer.ask<{ rows: { id: string }[] }>("approvals.list", { workflowId: asking.workflowId })).rows;
  await expect.poll(async () => (await requests()).length).toBe(1);
  const [request] = await requests();
  await reviewer.ask("approvals.decide", {
    ...{ approvalId: request?.id, contentHash: asking.contentHash, verdict: "approved", comment: "Checked." },
  });

  const guestMail = `${fresh("guest")}@example.test`;
  const before = [...deployment.smtp.mails];
  await owner.ask("members.invite", { email: guestMail, roles: ["read_only"] });
  await owner.ask("apiKeys.create", { name: fresh("Key"), roles: ["operator"] });
  await owner.ask("secrets.set", newSecret());
  await owner.ask("triggers.createWebhook", { workflowId: flow.workflowId, name: "Shop" });
  const daily = { cron: "0 9 * * *", zone: "Europe/Berlin", input: { order: "A-1" }, isEnabled: false };
  await operator.ask("triggers.createSchedule", { workflowId: flow.workflowId, name: "Each morning", ...daily });
  const link = new URL(linkIn(await deployment.smtp.nextTo(guestMail, before)));
  const guest = await signInByMail(deployment, guestMail);

  const auditorMail = `${fresh("auditor")}@example.test`;
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const known = [...deployment.smtp.mails];
  await owner.ask("members.inviteAuditor", { email: auditorMail, engagement: "SOC 2 Type II", until });
  const invitation = new URL(linkIn(await deployment.smtp.nextTo(auditorMail, known)));
  const auditor = await signInByMail(deployment, auditorMail, "acme");
  await auditor.ask("me/members.acceptInvitation", {
    invitationId: invitation.pathname.split("/").at(-1),
    token: invitation.searchParams.get("token"),
  });
  await auditor.ask("findings.list", {});

  return [
    [
      null,
      [
        "/sign-in",
        "/sign-in/check-mail",
        "/sign-in/error?error=Verification",
        "/no-such-page",
        "/pricing?preset=mid",
        "/pricing?runs=many",
        "/trust/operator",
        ...["/docs", "/docs?text=broken chain", "/docs?text=nothingofthekind", "/docs/no-such-guide"],
        ...["/docs/runbooks/slo-workflow-success", "/docs/runbooks/disaster-recovery", "/docs/reference/controls"],
      ],
    ],
    [auditor, ["/t/acme/findings", "/t/acme/members/auditors"]],
    [founder, ["/t/operator/pricing?preset=large&compare=small"]],
    [guest, [`${link.pathname}${link.search}`, "/tenants"]],
    [
      owner,
      [
        ...["/t/acme/switchboard", "/t/acme/workflows", "/t/acme/workflows?text=nothing", "/t/acme/runs"],
        ...[
          "/t/acme/runs?status=cancelled",
          "/t/acme/receipts",
          "/t/acme/receipts?thing=nothing",
          "/t/acme/receipts/1",
        ],
        ...[
          "/t/acme/receipts/2",
          "/t/acme/members",
          "/t/acme/members?invite=1",
          "/t/acme/members/auditors",
          "/t/acme/api-keys",
        ],
        ...[
          "/t/acme/secrets",
          "/t/acme/adapters",
          "/t/acme/metering",
          "/t/acme/billing",
          "/t/acme/access",
          "/t/acme/access?tab=who&action=run.start",
          "/t/acme/access?tab=report",
          "/t/acme/access-reviews",
          "/t/acme/policy?role=workflow_author&action=run.start&environment=prod&risk=high",
          "/t/acme/policy/changes?pack=conductor-governance-white-label&tightening=",
          "/t/acme/policy/changes?pack=conductor-governance-saas&tightening=weather%3A+rainy",
          "/t/acme/policy/break-glass",
          "/t/acme/policy/decisions",
          "/t/acme/drift",
          "/t/acme/compliance",
          "/t/acme/compliance?at=2020-01-01&from=2020-01-01&to=2020-02-01",
          "/t/acme/compliance/MC-IR-06",
          "/t/acme/compliance/MC-AC-01",
          "/t/acme/evidence",
          "/t/acme/audits",
          "/t/acme/findings",
          "/t/acme/slos",
          ...(await objectivePaths(owner)),
          "/t/acme/settings",
          "/tenants",
          "/account",
          "/t/acme/no-such-page",
          `${link.pathname}${link.search}`,
        ],
      ],
    ],
    [author, ["/t/acme/workflows/new", `/t/acme/workflows/${slug}/edit`, "/t/acme/api-keys", "/t/acme/secrets"]],
    [
      reviewer,
      [
        ...["/t/acme/approvals", "/t/acme/approvals?tab=others", "/t/acme/approvals?tab=decided&text=nothing"],
        ...[`/t/acme/approvals/${request?.id}`, `/t/acme/approvals/${request?.id}?link=forwarded`],
        `/t/acme/workflows/${asking.slug}`,
      ],
    ],
    [reviewer, [`/t/acme/workflows/${slug}`, `/t/acme/workflows/${slug}?from=1&to=2`]],
    [
      operator,
      [
        ...[`/t/acme/runs/${moving}`, `/t/acme/runs/${failed}`, `/t/acme/runs/${moving}?view=waterfall`],
        ...[`/t/acme/runs/${failed}?view=waterfall`, `/t/acme/runs/compare?left=${failed}&right=${moving}`],
        ...[
          "/t/acme/runs/compare",
          "/t/acme/runs?environment=prod&last=hour",
          "/t/acme/runs?cursor=lost",
          `/t/acme/workflows/${slug}/triggers`,
        ],
      ],
    ],
  ];
}

type Violations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];
type Options = Parameters<AxeBuilder["options"]>[0];

const ALL_RULES: Options = { resultTypes: ["violations"] };
/** The rules that judge colours; the others judge what there is, and what it is called. */
const RULES_OF_COLOUR: Options = {
  ...ALL_RULES,
  runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
};

/**
 * How people see a page, and what is asked of it then: its colours in each width and scheme, all else in each width and in
 * each scheme. It is loaded once and then looked at in each of these: it follows the width and the scheme in place.
 */
const LOOKS = [
  { width: 1440, colorScheme: "light", options: ALL_RULES },
  { width: 1440, colorScheme: "dark", options: RULES_OF_COLOUR },
  { width: 390, colorScheme: "light", options: RULES_OF_COLOUR },
  { width: 390, colorScheme: "dark", options: ALL_RULES },
] as const;

/**
 * What axe finds. It runs within the page, and stays there for the next look: to hand it over again, and to open a tab for
 * what it says, takes several times as long as all its rules.
 */
async function violationsIn(page: Page, asked: Options, isThere: boolean): Promise<Violations> {
  if (!isThere) return (await new AxeBuilder({ page }).setLegacyMode().options(asked).analyze()).violations;
  return page.evaluate(async (options) => {
    const { axe } = window as unknown as {
      axe: { run: (of: Document, how: object) => Promise<{ violations: Violations }> };
    };
    return (await axe.run(document, options)).violations;
  }, asked);
}

/** What is seriously wrong with the page in each look. */
async function faultsOf(page: Page, path: string): Promise<string[]> {
  const found: string[] = [];
  for (const [nth, { width, colorScheme, options }] of LOOKS.entries()) {
    const name = `${width} pixels, ${colorScheme}`;
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    for (const { id, impact, nodes } of await violationsIn(page, options, nth > 0))
      if (impact === "serious" || impact === "critical")
        found.push(`${path}, ${name}: ${id} at ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
    // What is wider than the screen makes a phone scroll sideways.
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) found.push(`${path}, ${name}: ${overflow} pixels wider than the screen`);
  }
  return found;
}

test("no page has a serious accessibility fault at any width, in light or dark", async ({ browser, deployment }) => {
  test.setTimeout(600_000);
  const found: string[] = [];
  for (const [caller, paths] of await fill(deployment)) {
    const context = await browser.newContext({ baseURL: deployment.url });
    if (caller !== null) await enterAs(context, deployment.url, caller);
    const page = await context.newPage();
    for (const path of paths) {
      await open(page, path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      // What comes after the first HTML is part of the page too.
      if (path.endsWith("invite=1")) await expect(page.getByRole("dialog")).toBeVisible();
      if (/\/(new|edit)$/.test(path)) await expect(page.getByRole("toolbar")).toBeVisible();
      found.push(...(await faultsOf(page, path)));
    }
    await context.close();
  }
  expect(found).toEqual([]);
});

test("a table on a phone is still a table to those who hear it", async ({ browser, deployment }) => {
  const context = await browser.newContext({ baseURL: deployment.url, viewport: { width: 390, height: 900 } });
  await enterAs(context, deployment.url, await signIn(deployment, "tenant_admin@acme.test"));
  const page = await context.newPage();
  await page.goto("/t/acme/members");
  const members = page.getByRole("table").first();
  await expect(members.getByRole("row").filter({ hasText: "operator@acme.test" }).getByRole("cell")).not.toHaveCount(0);
  await expect(members.getByRole("columnheader", { name: "E-mail" })).toBeVisible();
  await context.close();
});

test("on a phone the strip of pages shows where one is, and moves nothing else", async ({ browser, deployment }) => {
  const context = await browser.newContext({ baseURL: deployment.url, viewport: { width: 390, height: 900 } });
  await enterAs(context, deployment.url, await signIn(deployment, "tenant_admin@acme.test"));
  const page = await context.newPage();
  const strip = page.getByRole("navigation", { name: "Pages of this tenant" });
  const here = strip.locator("[aria-current]");
  const top = () => page.evaluate(() => [window.scrollX, window.scrollY]);

  await open(page, "/t/acme/settings");
  await expect(here).toHaveText("Settings");
  await expect(here).toBeInViewport({ ratio: 1 });
  expect(await top()).toEqual([0, 0]);

  // From one page to the next without loading anew, by a key and not by a link that is in sight already.
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(here).toHaveText("Switchboard");
  await expect(here).toBeInViewport({ ratio: 1 });
  expect(await top()).toEqual([0, 0]);
  await context.close();
});

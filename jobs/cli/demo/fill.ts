import type { Database } from "@/db/client";
import type { Role } from "@/policies/access/vocabulary";
import { createApiKey } from "@/server/api-keys";
import { askAudit } from "@/server/audits";
import { askCollection } from "@/server/collectors";
import { askControls } from "@/server/compliance";
import { inviteMember } from "@/server/members";
import { cancelRun, startRun } from "@/server/runs";
import { setSecret } from "@/server/secrets";
import { createEventTrigger, createSchedule, createWebhook, sendEvent } from "@/server/triggers";
import {
  createWorkflow,
  listWorkflows,
  publishVersion,
  reviewVersion,
  saveDraft,
  submitVersion,
} from "@/server/workflows";
import { demoPeople, type Person } from "./people";
import { IN_REVIEW, PUBLISHED } from "./workflows";

/** The tenant that a newcomer finds at work; the other tenants of the demo are empty. */
const SLUG = "acme";

type As = (role: Role) => Person;
type Address = keyof typeof PUBLISHED;
type Published = Record<Address, string>;

/** Writes, reviews and publishes every workflow; one has a further version that waits for its review. */
async function publishAll(as: As): Promise<Published> {
  const [author, reviewer] = [as("workflow_author"), as("workflow_reviewer")];
  const ids: Partial<Published> = {};
  for (const [slug, definition] of Object.entries(PUBLISHED)) {
    const { workflowId, versionId, contentHash } = await createWorkflow(author, { slug, definition });
    await submitVersion(author, { versionId });
    await reviewVersion(reviewer, { versionId, contentHash, verdict: "approved", comment: "Reads well." });
    await publishVersion(reviewer, { versionId, contentHash });
    ids[slug as Address] = workflowId;
    if (slug !== "book-an-order") continue;
    const next = await saveDraft(author, { workflowId, baseHash: contentHash, definition: IN_REVIEW });
    await submitVersion(author, { versionId: next.versionId });
  }
  return ids as Published;
}

/** What the tenant's owner set up before anything could run. */
async function setUp(as: As): Promise<void> {
  const owner = as("tenant_admin");
  const allowedHosts = ["ledger.acme.test"];
  await setSecret(owner, { environment: "prod", name: "LEDGER_TOKEN", value: "not-a-real-token", allowedHosts });
  await createApiKey(owner, { name: "Shop backend", roles: ["operator"] });
  await inviteMember(owner, { email: "new.colleague@acme.test", roles: ["operator"] });
}

/** One trigger of each kind. */
async function listen(as: As, ids: Published): Promise<void> {
  const operator = as("operator");
  await createWebhook(as("tenant_admin"), { workflowId: ids["book-an-order"], name: "Orders of the shop" });
  await createEventTrigger(operator, {
    ...{ workflowId: ids["book-an-order"], name: "Order placed", event: "order.placed" },
  });
  await createEventTrigger(operator, {
    ...{ workflowId: ids["tell-support"], name: "An order was not booked", event: "run.finished" },
    ...{ sourceWorkflowId: ids["book-an-order"], statuses: ["failed"], expression: `{ "run": event.data.runId }` },
  });
  await createSchedule(operator, {
    ...{ workflowId: ids["restock-shops"], name: "Each morning", cron: "0 6 * * *", zone: "Europe/Berlin" },
  });
}

/** Runs that succeed, fail, rest and wait for people, once the worker takes them up. */
async function startAll(as: As, ids: Published): Promise<void> {
  const operator = as("operator");
  const start = (address: Address, input: Record<string, string | number> = {}) =>
    startRun(operator, { workflowId: ids[address], input });
  for (let nth = 0; nth < 3; nth += 1) await start("restock-shops");
  await start("pay-a-supplier", { supplier: "Paper & Sons", amount: 120 });
  await start("pay-a-supplier", { supplier: "Harbour Logistics", amount: 18_400 });
  await start("pay-a-supplier", { supplier: "Northern Steel", amount: 7_250 });
  await start("change-the-certificate");
  const { runId } = await start("change-the-certificate");
  await cancelRun(operator, { runId, reason: "Started twice by mistake." });
  await start("close-the-books", { month: "2026-10" });
  await sendEvent(operator, { name: "order.placed", data: { order: "r-1042" } });
}

/** What would else be collected, looked at and audited by night. */
async function gatherProof(as: As): Promise<void> {
  const owner = as("tenant_admin");
  await askCollection(owner, {});
  await askControls(owner, {});
  await askAudit(owner, {});
}

/** Fills the demo's first tenant by the verbs that its people would use, unless it has workflows already. */
export async function fillDemo(database: Database): Promise<void> {
  const as = await demoPeople(database, SLUG);
  const { rows } = await listWorkflows(as("tenant_admin"), { limit: 1 });
  if (rows.length > 0) return;
  const ids = await publishAll(as);
  await setUp(as);
  await listen(as, ids);
  await startAll(as, ids);
  await gatherProof(as);
}

import { and, asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { triggerFires } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { tenantWith } from "@/server/testing/actors";
import { twoStepDefinition } from "@/server/testing/definitions";
import { makePublished } from "@/server/testing/workflows";
import { publishVersion, reviewVersion, saveDraft, submitVersion } from "@/server/workflows";
import type { TenantContext } from "@/server/verb";
import { answerHook } from "../answer-hook";
import { listTriggers } from "../list-triggers";
import { createWebhook } from "../create-trigger";
import { signatureOf } from "../domain/signature";

const ROLES = ["tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"] as const;

/** A tenant with a published workflow that asks for an `order`, at one moment. */
export async function triggerWorld(database: Database, clock: ReturnType<typeof fixedClock>) {
  const { tenant, as } = await tenantWith(database, ROLES, clock);
  const flow = await makePublished(as);
  const { workflowId } = flow;
  const call = { database, clock, newId, requestId: newId("request") };
  const publish = (over: Record<string, unknown> = {}) => makePublished(as, over);
  /** Publishes a second version of a workflow. */
  const edit = async (of: { workflowId: string; baseHash: string }, over: Record<string, unknown>) => {
    const draft = await saveDraft(as.workflow_author, { ...of, definition: twoStepDefinition(over) as never });
    const { versionId, contentHash } = draft;
    await submitVersion(as.workflow_author, { versionId });
    await reviewVersion(as.workflow_reviewer, { versionId, contentHash, verdict: "approved" });
    await publishVersion(as.workflow_reviewer, { versionId, contentHash });
  };
  /** A second version of the workflow, in other attributes or with another input. */
  const republish = (over: Record<string, unknown>) => edit({ workflowId, baseHash: flow.contentHash }, over);
  const rows = async () => (await listTriggers(as.read_only, { workflowId })).rows;
  return { tenant, as, clock, call, workflowId, publish, edit, republish, rows };
}

export type World = Awaited<ReturnType<typeof triggerWorld>>;

/** What a trigger has on record of its fires, the first first. */
export const firesOf = (ctx: TenantContext, triggerId: string) =>
  withTenant(ctx, (tx) =>
    tx
      .select()
      .from(triggerFires)
      .where(and(eq(triggerFires.tenantId, ctx.tenantId), eq(triggerFires.triggerId, triggerId)))
      .orderBy(asc(triggerFires.firedAt)),
  );

interface Message {
  id?: string;
  body?: string;
  secret: string;
  /** Sent in place of the body that was signed. */
  sent?: string;
  secondsOff?: number;
  headers?: Record<string, string>;
}

/** Sends a signed message to a trigger's address; what came back. */
export async function sendTo(
  { call: { database, clock } }: Pick<World, "call">,
  triggerId: string,
  { id = newId("message"), body = '{"order":"7"}', secret, sent = body, secondsOff = 0, headers = {} }: Message,
) {
  const timestamp = String(Math.floor(clock.now().getTime() / 1_000) + secondsOff);
  const request = new Request(`http://localhost:3000/api/hooks/${triggerId}`, {
    method: "POST",
    headers: {
      ...{ "content-type": "application/json", "webhook-id": id, "webhook-timestamp": timestamp },
      "webhook-signature": signatureOf(secret, { id, timestamp }, Buffer.from(body)),
      // One network per message: what many unsigned ones get is a test of its own.
      "x-forwarded-for": `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 250)).join(".")}`,
      ...headers,
    },
    body: sent,
  });
  const response = await answerHook(request, triggerId, { database, clock });
  return { status: response.status, text: await response.text() };
}

/** A webhook trigger of the world's workflow. */
export async function makeHook(world: World, over: { expression?: string; workflowId?: string } = {}) {
  return createWebhook(world.as.tenant_admin, { workflowId: world.workflowId, name: "Shop", ...over });
}

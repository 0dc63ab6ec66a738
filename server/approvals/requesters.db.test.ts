import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { runs, triggers } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import type { Role } from "@/policies/access/vocabulary";
import { createApiKey, rotateApiKey } from "@/server/api-keys";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { rerunRun, startRun } from "@/server/runs";
import { memberContext } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import {
  claimSlots,
  createEventTrigger,
  createSchedule,
  createWebhook,
  fireEvent,
  listPendingFires,
  rotateTriggerSecret,
  sendEvent,
  startPendingFire,
  updateSchedule,
} from "@/server/triggers";
import { sendTo } from "@/server/triggers/testing/trigger-world";
import type { TenantContext } from "@/server/verb";
import { makeDesk, oneStage } from "./testing/asking-run";

const db = useTestDatabase();

/** A desk with two more administrators and one more operator, and what its programs and triggers do. */
async function desk() {
  const d = await makeDesk(db.database);
  const { tenantId } = d.tenant;
  const { database, clock } = d.ctx;
  const call = { database, clock, newId, requestId: newId("request") };
  const more = (role: Role) => memberContext(db.database, d.tenant, { roles: [role] });
  const runsOf = (workflowId: string) =>
    withTenant(d.ctx, (tx) =>
      tx
        .select()
        .from(runs)
        .where(and(eq(runs.tenantId, tenantId), eq(runs.workflowId, workflowId))),
    );
  return {
    ...d,
    ...{ call, runsOf, ca: d.as.tenant_admin, ta: await more("tenant_admin"), third: await more("tenant_admin") },
    ...{ op: d.as.operator, otherOp: await more("operator") },
    asked: (role: Role) => d.gated(oneStage({ role: role as "operator" })),
    requestIn: async (workflowId: string) => d.requestOf(must((await runsOf(workflowId))[0], "it was started").id),
    program: (key: { id: string }): TenantContext => ({
      ...d.as.operator,
      actor: { kind: "api_key", apiKeyId: key.id, name: "Key" },
      principal: { ...d.as.operator.principal, kind: "api_key", id: key.id },
    }),
    refuses: async (who: TenantContext, approval: { id: string; contentHash: string }) => {
      await expect(d.say(who, approval)).rejects.toMatchObject({
        ...{ code: "Forbidden", details: { failed: ["requester"] } },
      });
    },
    /** As if the executor had carried a run out, and the engine told of it. */
    finish: async (runId: string) => {
      await withTenant(d.ctx, (tx) =>
        tx
          .update(runs)
          .set({ status: "succeeded", endedAt: clock.now() })
          .where(and(eq(runs.tenantId, tenantId), eq(runs.id, runId))),
      );
      await fireEvent(call, { tenantId, eventId: newId("event"), runId });
    },
  };
}

const plain = { input: {}, steps: [{ id: "only", type: "transform", expression: '"done"' }] };

describe("who set a run off, and does not approve it", () => {
  it("is whoever made or rotated the key that started it", async () => {
    const d = await desk();
    const { workflowId } = await d.asked("tenant_admin");
    const key = await createApiKey(d.ca, { name: "Key", roles: ["operator"] });
    await rotateApiKey(d.ta, { apiKeyId: key.id, graceHours: 0 });
    const { runId } = await startRun(d.program(key), { workflowId });
    const approval = await d.requestOf(runId);
    await d.refuses(d.ta, approval);
    await d.refuses(d.ca, approval);
    expect(await d.say(d.third, approval)).toMatchObject({ status: "approved" });
  });

  it("is whoever made a webhook, or rotated its secret", async () => {
    const d = await desk();
    const { workflowId } = await d.asked("tenant_admin");
    const { triggerId } = await createWebhook(d.ca, { workflowId, name: "Hook" });
    const { secret } = await rotateTriggerSecret(d.ta, { triggerId, graceHours: 0 });
    const call = { ...d.call, clock: fixedClock(d.ctx.clock.now()) };
    expect(await sendTo({ call }, triggerId, { secret, body: "{}" })).toMatchObject({ status: 201 });
    const approval = await d.requestIn(workflowId);
    await d.refuses(d.ta, approval);
    await d.refuses(d.ca, approval);
    expect(await d.say(d.third, approval)).toMatchObject({ status: "approved" });
  });

  it("is whoever made a schedule, or altered what it starts", async () => {
    const d = await desk();
    const { workflowId } = await d.asked("operator");
    const wanted = { name: "Each minute", cron: "* * * * *", zone: "UTC", input: {} };
    const { triggerId } = await createSchedule(d.otherOp, { workflowId, ...wanted });
    await updateSchedule(d.op, { triggerId, ...wanted, name: "Minutely" });
    const { tenantId } = d.tenant;
    await withTenant(d.ctx, (tx) =>
      tx
        .update(triggers)
        .set({ nextAt: new Date(Math.floor(d.ctx.clock.now().getTime() / 60_000) * 60_000) })
        .where(and(eq(triggers.tenantId, tenantId), eq(triggers.id, triggerId))),
    );
    await claimSlots(d.call, { tenantId, triggerId });
    for (const fire of await listPendingFires(d.call)) await startPendingFire(d.call, fire);
    const approval = await d.requestIn(workflowId);
    await d.refuses(d.op, approval);
    await d.refuses(d.otherOp, approval);
  });

  it("is whoever stands behind the event that fired the trigger", async () => {
    const d = await desk();
    const { workflowId } = await d.asked("tenant_admin");
    await createEventTrigger(d.op, { workflowId, name: "On orders", event: "order.placed" });
    const key = await createApiKey(d.ta, { name: "Key", roles: ["operator"] });
    const { eventId } = await sendEvent(d.program(key), { name: "order.placed", data: {} });
    await fireEvent(d.call, { tenantId: d.tenant.tenantId, eventId });
    const approval = await d.requestIn(workflowId);
    expect(approval.requesters.sort()).toEqual([d.op, d.ta].map(({ principal }) => principal.id).sort());
    await d.refuses(d.ta, approval);
    expect(await d.say(d.ca, approval)).toMatchObject({ status: "approved" });
  });

  it("is whoever started the run whose end fired the trigger, over several", async () => {
    const d = await desk();
    const [first, second] = [await makePublished(d.as, plain), await makePublished(d.as, plain)];
    const { workflowId } = await d.asked("operator");
    for (const [from, to] of [
      [first.workflowId, second.workflowId],
      [second.workflowId, workflowId],
    ] as const)
      await createEventTrigger(d.otherOp, {
        ...{ workflowId: to, name: "After", event: "run.finished", sourceWorkflowId: from, expression: "{}" },
      });
    const { runId } = await startRun(d.op, { workflowId: first.workflowId });
    await d.finish(runId);
    await d.finish(must((await d.runsOf(second.workflowId))[0], "the first one's end started it").id);
    const approval = await d.requestIn(workflowId);
    await d.refuses(d.op, approval);
    await d.refuses(d.otherOp, approval);
  });

  it("is whoever started the run of which it repeats a part", async () => {
    const d = await desk();
    const { workflowId } = await d.asked("operator");
    const third = await memberContext(db.database, d.tenant, { roles: ["operator"] });
    const { runId } = await startRun(d.op, { workflowId });
    await d.say(d.otherOp, await d.requestOf(runId));
    await d.turn(runId);
    const again = await rerunRun(d.otherOp, { runId, stepId: "only" });
    const approval = await d.requestOf(again.runId);
    await d.refuses(d.op, approval);
    await d.refuses(d.otherOp, approval);
    expect(await d.say(third, approval)).toMatchObject({ status: "approved" });
  });
});

import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { receipts, runs } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { conductRun, startRun } from "@/server/runs";
import { memberContext } from "@/server/testing/actors";
import { executionContext } from "@/server/testing/execution-context";
import { expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import {
  createEventTrigger,
  deleteTrigger,
  fireEvent,
  sendEvent,
  tenantsThatListen,
  updateEventTrigger,
} from "./index";
import { firesOf, triggerWorld, type World } from "./testing/trigger-world";

const db = useTestDatabase();
let world: World;
beforeEach(async () => {
  world = await triggerWorld(db.database, fixedClock(new Date()));
});

const input = { order: "7" };
const subscribe = (over: Partial<Parameters<typeof createEventTrigger>[1]> = {}) =>
  createEventTrigger(world.as.operator, {
    workflowId: world.workflowId,
    name: "On orders",
    event: "order.placed",
    ...over,
  });
const chain = (from: string, to: string, over: Partial<Parameters<typeof createEventTrigger>[1]> = {}) =>
  subscribe({
    workflowId: to,
    event: "run.finished",
    sourceWorkflowId: from,
    expression: '{ "order": "next" }',
    ...over,
  });

const runsOf = (workflowId: string) =>
  withTenant(world.as.operator, (tx) =>
    tx
      .select()
      .from(runs)
      .where(and(eq(runs.tenantId, world.tenant.tenantId), eq(runs.workflowId, workflowId))),
  );

/** As if the executor had carried the run out, and the engine told of it. */
async function finish(runId: string, status: "succeeded" | "failed" = "succeeded", output: unknown = null) {
  const { tenantId } = world.tenant;
  await withTenant(world.as.operator, (tx) =>
    tx
      .update(runs)
      .set({ status, output: output as never, endedAt: world.clock.now() })
      .where(and(eq(runs.tenantId, tenantId), eq(runs.id, runId))),
  );
  const happened = { tenantId, eventId: newId("event"), runId };
  await fireEvent(world.call, happened);
  return happened;
}

const send = async (data: Record<string, string | number>, name = "order.placed") => {
  const { eventId } = await sendEvent(world.as.operator, { name, data });
  const happened = { tenantId: world.tenant.tenantId, eventId };
  await fireEvent(world.call, happened);
  return happened;
};

describe("sendEvent", () => {
  it("sends one event per key, and leaves receipt and event", async () => {
    const once = { name: "order.placed", data: { order: "7" }, idempotencyKey: "k" };
    const sent = await Promise.all(Array.from({ length: 5 }, () => sendEvent(world.as.operator, once)));
    expect(new Set(sent.map(({ eventId }) => eventId)).size).toBe(1);
    expect(sent.filter(({ isNew }) => isNew)).toHaveLength(1);
    await expectReceipt(world.as.operator, "event.send", `event:${sent[0]?.eventId ?? ""}`);
    const events = await recordedEvents(db.ownerUrl, world.tenant.tenantId);
    expect(events.filter((name) => name === "event.sent")).toHaveLength(1);
    const other = sendEvent(world.as.operator, { ...once, data: { order: "8" } });
    await expect(other).rejects.toMatchObject({ code: "Conflict" });
  });

  it.each(["run.finished", "workflow.published", "Order.placed", "order", "order..placed", `order.${"x".repeat(99)}`])(
    "refuses the name %s",
    async (name) => {
      await expect(sendEvent(world.as.operator, { name })).rejects.toMatchObject({ code: "Invalid" });
    },
  );

  it("refuses who starts nothing, on record", async () => {
    await expect(sendEvent(world.as.read_only, { name: "order.placed" })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(world.as.read_only, "event.send");
  });
});

describe("an event that a program sent", () => {
  it("starts one run per trigger, however often the engine tells of it", async () => {
    const [one, other] = [await subscribe(), await subscribe()];
    const happened = await send({ order: "7", more: 1 });
    await Promise.all([fireEvent(world.call, happened), fireEvent(world.call, happened)]);
    const started = await runsOf(world.workflowId);
    expect(started.map(({ startedBy }) => startedBy).sort()).toEqual(
      [one, other].map(({ triggerId }) => `trigger:${triggerId}`).sort(),
    );
    expect(started.map((run) => run.input)).toEqual([input, input]);
  });

  it("starts nothing where its name or the condition does not fit", async () => {
    await subscribe({ event: "order.cancelled" });
    await subscribe({ condition: 'event.data.amount > 100 && event.name == "order.placed"' });
    await send({ order: "7", amount: 100 });
    await send({ order: "8" });
    expect(await runsOf(world.workflowId)).toEqual([]);
    await send({ order: "9", amount: 101 });
    expect(await runsOf(world.workflowId)).toMatchObject([{ input: { order: "9" } }]);
  });

  it("that gives no input is refused on the trigger's row", async () => {
    await subscribe({ expression: "$error('no order')" });
    await subscribe({ expression: null });
    await send({ amount: 1 });
    const said = (await world.rows()).map(({ lastRefused }) => lastRefused?.message);
    expect(said[1]).toContain("no order");
    expect(said[0]).toContain("input.order is required");
  });

  it("starts nothing in another tenant", async () => {
    const other = await triggerWorld(db.database, world.clock);
    await subscribe();
    const { eventId } = await sendEvent(other.as.operator, { name: "order.placed", data: input });
    expect(await fireEvent(world.call, { tenantId: world.tenant.tenantId, eventId })).toBe(0);
    expect(await fireEvent(world.call, { tenantId: other.tenant.tenantId, eventId })).toBe(0);
    const both = [world.tenant.tenantId, other.tenant.tenantId];
    expect([...(await tenantsThatListen(world.call, both))]).toEqual([world.tenant.tenantId]);
  });
});

describe("a run that finished", () => {
  it("starts what listens to its workflow and its end, with what it gave", async () => {
    const { workflowId: next } = await world.publish();
    await chain(world.workflowId, next, { statuses: ["succeeded"], expression: '{ "order": event.data.output.id }' });
    await chain(world.workflowId, next, { statuses: ["failed"], expression: '{ "order": event.data.workflow }' });
    const { runId } = await startRun(world.as.operator, { workflowId: world.workflowId, input });
    await finish(runId, "succeeded", { id: "from-output" });
    expect(await runsOf(next)).toMatchObject([{ input: { order: "from-output" } }]);
  });

  it("gives nothing to a trigger whose clearance does not reach it, on record", async () => {
    const { workflowId: next } = await world.publish();
    const low = await memberContext(db.database, world.tenant, { roles: ["operator"], clearance: "internal" });
    const { triggerId } = await createEventTrigger(low, {
      ...{ workflowId: next, name: "After", event: "run.finished", sourceWorkflowId: world.workflowId },
      expression: '{ "order": "x" }',
    });
    const attributes = { environment: "dev", region: "eu", risk_profile: "low", business_unit: "general" };
    await world.republish({ attributes: { ...attributes, data_sensitivity: "confidential" } });
    const { runId } = await startRun(world.as.operator, { workflowId: world.workflowId, input });
    await finish(runId);
    expect(await runsOf(next)).toEqual([]);
    expect(await firesOf(world.as.operator, triggerId)).toMatchObject([{ status: "refused" }]);
    await expectDenial(world.as.operator, "run.read");
  });

  it("carries a chain five triggers far; there it stops, once, with a receipt and a reason", async () => {
    const flows = [world.workflowId];
    for (let more = 0; more < 6; more += 1) flows.push((await world.publish()).workflowId);
    const made = [];
    for (const [at, to] of flows.slice(1).entries()) made.push(await chain(flows[at] ?? "", to));
    let { runId } = await startRun(world.as.operator, { workflowId: world.workflowId, input });
    for (const to of flows.slice(1, 6)) {
      await finish(runId);
      runId = must((await runsOf(to))[0], "the chain has come this far").id;
    }
    const happened = await finish(runId);
    await fireEvent(world.call, happened);
    expect(await runsOf(flows[6] ?? "")).toEqual([]);
    const { triggerId } = must(made[5], "six were made");
    expect(await firesOf(world.as.operator, triggerId)).toMatchObject([
      { status: "refused", depth: 6, refusal: { code: "depth" } },
    ]);
    await expectReceipt(world.as.operator, "trigger.stop", `run:${runId}`);
    const all = await withTenant(world.as.operator, (tx) => tx.select().from(receipts));
    expect(all.filter(({ action }) => action === "trigger.stop")).toHaveLength(1);
  });
});

describe("a workflow that calls another", () => {
  const calls = (slug: string) => ({
    steps: [{ id: "call", type: "workflow", workflow: slug, input: { order: "{{ input.order }}" } }],
  });

  /** As if its run had been carried out as far as its call: the run that it called. */
  async function callFrom(runId: string, workflowId: string): Promise<string> {
    const ctx = executionContext({ database: db.database, tenantId: world.tenant.tenantId });
    await conductRun(ctx, runId)(0);
    const called = (await runsOf(workflowId)).find(({ parentRunId }) => parentRunId === runId);
    return must(called, "the run has called it").id;
  }

  it("is started by ends of what it calls five times; there it stops, with a receipt and a reason", async () => {
    const called = await world.publish();
    // What is published after a trigger was saved is told of no more: the depth has to stop it.
    const { workflowId: caller, contentHash: baseHash } = await world.publish();
    const { triggerId } = await chain(called.workflowId, caller);
    await world.edit({ workflowId: caller, baseHash }, calls(called.slug));
    let { runId } = await startRun(world.as.operator, { workflowId: caller, input });
    const known = new Set([runId]);
    for (let begun = 1; begun <= 5; begun += 1) {
      await finish(await callFrom(runId, called.workflowId));
      runId = must(
        (await runsOf(caller)).find(({ id }) => !known.has(id)),
        "the chain has come this far",
      ).id;
      known.add(runId);
    }
    const last = await callFrom(runId, called.workflowId);
    await finish(last);
    expect(await runsOf(caller)).toHaveLength(6);
    const fires = await firesOf(world.as.operator, triggerId);
    expect(fires.map(({ depth }) => depth).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(fires.find(({ depth }) => depth === 6)).toMatchObject({ status: "refused", refusal: { code: "depth" } });
    await expectReceipt(world.as.operator, "trigger.stop", `run:${last}`);
  });

  it("is not started by ends of what it calls, over others too", async () => {
    const inner = await world.publish();
    const middle = await world.publish(calls(inner.slug));
    const outer = await world.publish(calls(middle.slug));
    const loops = { code: "Invalid", details: { fields: [{ path: "sourceWorkflowId" }] } };
    await expect(chain(middle.workflowId, outer.workflowId)).rejects.toMatchObject(loops);
    await expect(chain(inner.workflowId, outer.workflowId)).rejects.toMatchObject(loops);
    await chain(outer.workflowId, world.workflowId);
    await expect(chain(world.workflowId, outer.workflowId)).rejects.toMatchObject(loops);
    await chain(inner.workflowId, world.workflowId);
  });
});

describe("createEventTrigger", () => {
  const loops = { code: "Invalid", details: { fields: [{ path: "sourceWorkflowId" }] } };

  it("refuses a workflow that would start itself, alone or over others", async () => {
    const [a, b, c] = [world.workflowId, (await world.publish()).workflowId, (await world.publish()).workflowId];
    await expect(chain(a, a)).rejects.toMatchObject(loops);
    const { triggerId } = await chain(a, b);
    await expect(chain(b, a)).rejects.toMatchObject(loops);
    await chain(b, c);
    await expect(chain(c, a)).rejects.toMatchObject(loops);
    await deleteTrigger(world.as.operator, { triggerId });
    await chain(c, a);
  });

  it("refuses one of two that would close a loop together", async () => {
    const [a, b] = [world.workflowId, (await world.publish()).workflowId];
    const outcomes = await Promise.allSettled([chain(a, b), chain(b, a)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: loops });
  });

  it("may be saved again as it is, and not turned into a loop", async () => {
    const [a, b] = [world.workflowId, (await world.publish()).workflowId];
    const { triggerId } = await chain(a, b);
    const same = { triggerId, name: "Same", event: "run.finished" };
    await updateEventTrigger(world.as.operator, { ...same, sourceWorkflowId: a });
    await expectReceipt(world.as.operator, "trigger.update", `trigger:${triggerId}`);
    await expect(updateEventTrigger(world.as.operator, { ...same, sourceWorkflowId: b })).rejects.toMatchObject(loops);
  });

  it.each<[string, Partial<Parameters<typeof createEventTrigger>[1]>]>([
    ["every finished run", { event: "run.finished" }],
    ["an event of the product's that starts nothing", { event: "workflow.published" }],
    ["an event that a program sends, by how it ended", { statuses: ["failed"] }],
    ["a condition that is none", { condition: "event.data.x ==" }],
    ["an expression that is none", { expression: "{ (" }],
  ])("refuses %s", async (_what, over) => {
    await expect(subscribe(over)).rejects.toMatchObject({ code: "Invalid" });
  });

  it("refuses another tenant's source, and who starts nothing", async () => {
    const other = await triggerWorld(db.database, world.clock);
    await expect(chain(other.workflowId, world.workflowId)).rejects.toMatchObject({ code: "NotFound" });
    const attempt = createEventTrigger(world.as.tenant_admin, {
      ...{ workflowId: world.workflowId, name: "On orders", event: "order.placed" },
    });
    await expect(attempt).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(world.as.tenant_admin, "trigger.subscribe");
  });
});

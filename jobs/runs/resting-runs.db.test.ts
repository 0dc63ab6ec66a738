import { beforeEach, describe, expect, it } from "vitest";
import { tenantQuotas } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { createFunctions } from "@/jobs";
import { bootEngine, type Engine, pump } from "@/jobs/engine";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { parseEnv } from "@/server/platform/env";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";
import { getRun, startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { sendEvent } from "@/server/triggers";

const db = useTestDatabase();
let engine: Engine;

beforeEach(async () => {
  const client = createEmbeddedClient(createLogger("silent"));
  const env = parseEnv({ CONDUCTOR_SECRET: "x".repeat(40) });
  const functions = createFunctions({ client, database: db.database, clock: systemClock, newId, env });
  engine = await bootEngine({ database: db.database, client, functions, clock: { shiftMs: 0 }, random: () => 0 });
});

/** A tenant of which one run may be at work at a time. */
async function setUp() {
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { tenantId } = as.operator;
  const quotas = { setConcurrentRuns: 1, mostQueuedRuns: 100, mostConcurrentSteps: 20 };
  await withTenant(as.operator, (tx) =>
    tx.insert(tenantQuotas).values({ tenantId, ...quotas, setBy: "test", setAt: new Date() }),
  );
  const publish = (steps: Record<string, unknown>[], more: Record<string, unknown> = {}) =>
    makePublished(as, { steps, ...more });
  const start = async ({ workflowId }: { workflowId: string }) =>
    (await startRun(as.operator, { workflowId, input: { order: "7" } })).runId;
  const statusOf = async (runId: string) => (await getRun(as.operator, { runId })).status;
  return { as, publish, start, statusOf };
}

async function pass(seconds: number) {
  engine.clock.shiftMs += seconds * 1_000;
  await pump(engine);
}

describe("a run that only waits", () => {
  const ONE = { id: "one", type: "transform", expression: "1" };
  const STEPS: [string, Record<string, unknown>][] = [
    ["for an event", { id: "paid", type: "wait", event: "order.paid" }],
    ["for a time", { id: "nap", type: "wait", seconds: 60 }],
    [
      "for people",
      { id: "ask", type: "approval", title: "May it?", stages: [{ role: "operator", quorum: 1, expires_hours: 1 }] },
    ],
  ];
  it.each(STEPS)("%s leaves its place to others of its tenant", async (_what, step) => {
    const { publish, start, statusOf } = await setUp();
    const [waiting, quick] = [await publish([step]), await publish([ONE], { name: "Quick" })];
    const many = [await start(waiting), await start(waiting), await start(waiting)];
    const last = await start(quick);
    await pass(0);
    expect(await statusOf(last)).toBe("succeeded");
    expect(await Promise.all(many.map(statusOf))).toEqual(["running", "running", "running"]);
  });

  it("goes on when what it waits for comes, however many have begun meanwhile", async () => {
    const { as, publish, start, statusOf } = await setUp();
    const waiting = await publish([{ id: "paid", type: "wait", event: "order.paid" }]);
    const many = [await start(waiting), await start(waiting), await start(waiting)];
    await pass(0);
    await sendEvent(as.operator, { name: "order.paid", data: {} });
    const later = [await start(waiting), await start(waiting)];
    for (let waited = 0; waited < 3; waited += 1) await pass(2);
    expect(await Promise.all(many.map(statusOf))).toEqual(["succeeded", "succeeded", "succeeded"]);
    expect(await Promise.all(later.map(statusOf))).toEqual(["running", "running"]);
  });

  it("for a run that it has called makes room for it", async () => {
    const { publish, start, statusOf } = await setUp();
    const called = await publish([ONE], { name: "Called" });
    const calling = await publish([{ id: "call", type: "workflow", workflow: called.slug, input: { order: "8" } }]);
    const runId = await start(calling);
    for (let waited = 0; waited < 3; waited += 1) await pass(2);
    expect(await statusOf(runId)).toBe("succeeded");
  });
});

import { and, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { eventWaits, sentEvents, stepResults } from "@/db/schema";
import { sendAmongOthers } from "@/db/sent-order";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { createFunctions } from "@/jobs";
import { bootEngine, type Engine, pump } from "@/jobs/engine";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { killWorkflow } from "@/server/holds";
import { parseEnv } from "@/server/platform/env";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";
import { cancelRun, conductRun, deliverEvent, getRun, killRun, startRun } from "@/server/runs";
import { executionContext } from "@/server/testing/execution-context";
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

type Steps = Record<string, unknown>[];
const PAID = { id: "paid", type: "wait", event: "order.paid" };

async function setUp(steps: Steps = [PAID]) {
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator", "tenant_admin"]);
  const { workflowId } = await makePublished(as, { steps });
  const { tenantId } = as.operator;
  const begin = async (order = "7") => (await startRun(as.operator, { workflowId, input: { order } })).runId;
  const see = (runId: string) => getRun(as.operator, { runId });
  const send = (data: Record<string, string | number>, name = "order.paid") => sendEvent(as.operator, { name, data });
  const waits = () => withTenant(as.operator, (tx) => tx.select().from(eventWaits));
  const undelivered = () =>
    withTenant(as.operator, (tx) => tx.$count(sentEvents, and(eq(sentEvents.tenantId, tenantId), sql`is_undelivered`)));
  return { as, workflowId, tenantId, begin, see, send, waits, undelivered };
}

/** Lets the executor do all that is due, after so many seconds. */
async function pass(seconds: number) {
  engine.clock.shiftMs += seconds * 1_000;
  await pump(engine);
}

describe("a wait for an event", () => {
  it("goes on with the event's data, and is over in the database too", async () => {
    const { begin, see, send, waits, undelivered } = await setUp([
      { ...PAID, next: "use" },
      { id: "use", type: "transform", expression: "steps.paid.output.total * 2" },
    ]);
    const runId = await begin();
    await pass(0);
    expect(await see(runId)).toMatchObject({ status: "running", steps: [{ stepId: "paid", status: "running" }] });
    expect(await waits()).toMatchObject([{ runId, taskId: "paid", matchKey: "" }]);
    expect((await see(runId)).awaits).toMatchObject([{ taskId: "paid", event: "order.paid", match: {}, when: null }]);
    await send({ total: 21 }, "order.placed");
    await send({ total: 21 });
    for (let waited = 0; waited < 3; waited += 1) await pass(2);
    expect(await see(runId)).toMatchObject({ status: "succeeded", output: 42, steps: [{ output: { total: 21 } }, {}] });
    expect(await waits()).toEqual([]);
    expect(await undelivered()).toBe(0);
  });

  it("begins when no event has a place that may still come to be there", async () => {
    const { as, begin, see, send, waits } = await setUp();
    const runId = await begin();
    let letGo = () => {};
    const isHeld = new Promise<void>((resolve) => (letGo = resolve));
    let hasPlace = () => {};
    const isPlaced = new Promise<void>((resolve) => (hasPlace = resolve));
    // An event has its place, and its transaction takes long; a later one is there before it.
    const slow = withTenant(as.operator, async (tx) => {
      await sendAmongOthers(tx, as.operator.tenantId);
      await tx.insert(sentEvents).values({
        ...{ tenantId: as.operator.tenantId, id: newId("event"), name: "order.paid", data: { total: 1 } },
        ...{ sentBy: "test", sentAt: new Date(), isUndelivered: true },
      });
      hasPlace();
      await isHeld;
    });
    await isPlaced;
    await send({ total: 2 });
    const taken = conductRun(executionContext(as.operator), runId)(0);
    await expect
      .poll(async () => (await db.database.engine.query("select from pg_locks where not granted")).rowCount)
      .toBeGreaterThan(0);
    expect(await waits()).toEqual([]);
    letGo();
    await Promise.all([slow, taken]);
    // Neither counts: both were there when the wait had begun.
    for (let waited = 0; waited < 2; waited += 1) await pass(2);
    expect(await see(runId)).toMatchObject({ status: "running" });
    await send({ total: 3 });
    for (let waited = 0; waited < 3; waited += 1) await pass(2);
    expect(await see(runId)).toMatchObject({ status: "succeeded", output: { total: 3 } });
  });

  it("counts no event that came before it began, however late that is delivered", async () => {
    const { as, begin, see, send, waits } = await setUp();
    const { eventId } = await send({ total: 1 });
    const runId = await begin();
    await conductRun(executionContext(as.operator), runId)(0);
    expect(await waits()).toHaveLength(1);
    expect(await deliverEvent({ ...as.operator }, eventId)).toBe(0);
    await send({ total: 2 });
    for (let waited = 0; waited < 3; waited += 1) await pass(2);
    expect(await see(runId)).toMatchObject({ status: "succeeded", output: { total: 2 } });
  });

  it("misses none that came right after its begin was committed, though the turn died there", async () => {
    const { as, begin, see, send } = await setUp();
    const runId = await begin();
    // One turn, whose end nobody hears of: what it committed is all that is left of it.
    await conductRun(executionContext(as.operator), runId)(0);
    const { eventId } = await send({ total: 3 });
    // And the delivery dies after some, and is begun again.
    expect(await deliverEvent({ ...as.operator }, eventId)).toBe(1);
    expect(await deliverEvent({ ...as.operator }, eventId)).toBe(0);
    await pass(0);
    expect(await see(runId)).toMatchObject({ status: "succeeded", output: { total: 3 } });
  });

  it("finds the run that an event is for by its fields, and asks the condition too", async () => {
    const { begin, see, send } = await setUp([
      { ...PAID, match: { order: "{{ input.order }}" }, when: "event.data.total > 100" },
    ]);
    const [seven, eight] = [await begin("7"), await begin("8")];
    await pass(0);
    await send({ order: "8", total: 5 });
    await send({ order: "8", total: 500 });
    await send({ order: "9", total: 500 });
    // Another type is another value.
    await send({ order: 7, total: 500 });
    for (let waited = 0; waited < 3; waited += 1) await pass(2);
    expect(await see(seven)).toMatchObject({ status: "running" });
    expect(await see(eight)).toMatchObject({ status: "succeeded", output: { order: "8", total: 500 } });
  });

  it("gives one event to every run and every item that waits for it, each once", async () => {
    const { as, begin, see, send } = await setUp([
      { id: "all", type: "for-each", items: "[1, 2, 3]", body: "paid" },
      PAID,
    ]);
    const ids = [await begin(), await begin()];
    await pass(0);
    const { eventId } = await send({ total: 1 });
    await send({ total: 2 });
    for (let waited = 0; waited < 3; waited += 1) await pass(2);
    expect(await deliverEvent({ ...as.operator }, eventId)).toBe(0);
    for (const id of ids)
      expect(await see(id)).toMatchObject({ status: "succeeded", output: [{ total: 1 }, { total: 1 }, { total: 1 }] });
    const results = await withTenant(as.operator, (tx) => tx.select().from(stepResults));
    expect(results).toHaveLength(6);
  });

  it("is given nothing of another tenant", async () => {
    const [one, other] = [await setUp(), await setUp()];
    const [mine, theirs] = [await one.begin(), await other.begin()];
    await pass(0);
    const { eventId } = await one.send({ total: 1 });
    expect(await deliverEvent({ ...other.as.operator }, eventId)).toBe(0);
    for (let waited = 0; waited < 3; waited += 1) await pass(2);
    expect(await one.see(mine)).toMatchObject({ status: "succeeded" });
    expect(await other.see(theirs)).toMatchObject({ status: "running" });
  });

  it.each([
    ["fails", {}, { status: "failed", failure: { code: "event-timeout" } }],
    ["goes on with null", { on_timeout: "continue" }, { status: "succeeded", output: null }],
  ])("%s when its time has passed", async (_how, over, end) => {
    const { begin, see, waits } = await setUp([{ ...PAID, timeout_seconds: 600, ...over }]);
    const runId = await begin();
    await pass(0);
    await pass(500);
    expect(await see(runId)).toMatchObject({ status: "running" });
    // Each look of the run begins its rest anew: the database's clock, which it goes by, is not moved.
    for (let waited = 0; waited < 8; waited += 1) await pass(601);
    expect(await see(runId)).toMatchObject(end);
    expect(await waits()).toEqual([]);
  });

  it("takes an event that came in time and is still on its way when the time has passed", async () => {
    const { as, begin, see, send } = await setUp([{ ...PAID, timeout_seconds: 60, match: { order: "7" } }]);
    const runId = await begin();
    await conductRun(executionContext(as.operator), runId)(0);
    await send({ order: "8" });
    await send({ order: "7" });
    // Nothing was delivered: the run itself looks.
    await conductRun(executionContext(as.operator), runId)(Date.now() + 61_000);
    expect(await see(runId)).toMatchObject({ status: "succeeded", output: { order: "7" } });
  });

  it.each(["killed", "killed as a whole", "cancelled"] as const)("ends with its run when that is %s", async (how) => {
    const { as, workflowId, begin, see, send, waits } = await setUp();
    const runId = await begin();
    await pass(0);
    const reason = "Stop.";
    if (how === "killed") await killRun(as.tenant_admin, { runId, reason });
    else if (how === "cancelled") await cancelRun(as.operator, { runId, reason });
    else await killWorkflow(as.tenant_admin, { workflowId, reason });
    await pass(0);
    expect(await waits()).toEqual([]);
    const { eventId } = await send({ total: 1 });
    expect(await deliverEvent({ ...as.operator }, eventId)).toBe(0);
    expect((await see(runId)).steps).toMatchObject([{ status: "skipped", output: null }]);
  });

  it("ends with a branch beside it that fails", async () => {
    const { begin, see, waits } = await setUp([
      { id: "both", type: "parallel", branches: ["paid", "broken"] },
      PAID,
      { id: "broken", type: "transform", expression: "$error('no')" },
    ]);
    const runId = await begin();
    await pass(0);
    expect(await see(runId)).toMatchObject({ status: "failed" });
    expect(await waits()).toEqual([]);
  });

  it("ends with the run that called its own", async () => {
    const { as, begin, see, waits, send } = await setUp();
    const inner = await begin();
    const { slug } = (await see(inner)).workflow;
    await cancelRun(as.operator, { runId: inner, reason: "Only its slug was needed." });
    const call = { id: "call", type: "workflow", workflow: slug, input: { order: "7" } };
    const outer = await makePublished(as, { steps: [call] });
    const { runId } = await startRun(as.operator, { workflowId: outer.workflowId, input: { order: "7" } });
    await pass(0);
    expect(await waits()).toHaveLength(1);
    await killRun(as.tenant_admin, { runId, reason: "Stop." });
    expect(await waits()).toEqual([]);
    const { eventId } = await send({ total: 1 });
    expect(await deliverEvent({ ...as.operator }, eventId)).toBe(0);
  });

  it("says why where what it compares has no value in the run", async () => {
    const { begin, see } = await setUp([
      { id: "make", type: "transform", expression: "{ 'a': 1 }", next: "paid" },
      { ...PAID, match: { order: "{{ steps.make.output.b }}" } },
    ]);
    const runId = await begin();
    await pass(0);
    expect(await see(runId)).toMatchObject({ status: "failed", failure: { code: "template" } });
  });
});

describe("the look-up of those who wait", () => {
  it("walks the index to those that an event is for", async () => {
    const { as, tenantId } = await setUp();
    const plan = await withTenant(as.operator, async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      const { rows } = await tx.execute<{ "QUERY PLAN": string }>(sql`
        explain select * from event_waits where tenant_id = ${tenantId} and event_name = 'order.paid' and match_key = 'x'
          and (run_id, task_id) > ('run_a', 'paid') order by run_id, task_id limit 100`);
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });
    expect(plan).toMatch(/Index Scan using event_waits_lookup_idx/);
    expect(plan).toMatch(/Index Cond: .*match_key = 'x'.*ROW\(run_id, task_id\)/);
    expect(plan).not.toMatch(/Sort/);
  });
});

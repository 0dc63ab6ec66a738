import { beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { createFunctions } from "@/jobs";
import { type Engine, pump } from "@/jobs/engine";
import { quietClient, workbench } from "@/jobs/engine/testing/workbench";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { parseEnv } from "@/server/platform/env";
import { listRuns, startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { createEventTrigger, createSchedule, sendEvent } from "@/server/triggers";

const db = useTestDatabase();
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

async function setUp() {
  const bench = workbench(db);
  const clock = fixedClock(new Date());
  const client = quietClient();
  const env = parseEnv({ CONDUCTOR_SECRET: "x".repeat(40) });
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"], clock);
  const functions = createFunctions({ client, database: db.database, clock, newId, env });
  // Two workers, which race for whatever is there.
  const engines: Engine[] = [await bench.engine(client, functions), await bench.engine(client, functions)];
  const pass = async (ms: number) => {
    clock.advance(ms);
    bench.advance(ms);
    for (const engine of engines) await pump(engine);
  };
  const steps = [{ id: "make", type: "transform", expression: '{ "order": input.order & "+" }' }];
  const publish = async () => (await makePublished(as, { steps })).workflowId;
  const statusesOf = async (workflowId: string) =>
    (await listRuns(as.operator, { workflowId })).rows.map(({ status }) => status);
  return { as, publish, pass, statusesOf };
}

let world: Awaited<ReturnType<typeof setUp>>;
beforeEach(async () => {
  world = await setUp();
});

describe("the jobs of triggers", () => {
  it("start a schedule's run once per slot, with two workers", async () => {
    const workflowId = await world.publish();
    const wanted = { workflowId, name: "Each minute", cron: "* * * * *", zone: "UTC", input: { order: "7" } };
    await createSchedule(world.as.operator, wanted);
    for (let minute = 0; minute < 3; minute += 1) await world.pass(MINUTE_MS);
    await world.pass(SECOND_MS);
    expect(await world.statusesOf(workflowId)).toEqual(["succeeded", "succeeded", "succeeded"]);
  });

  it("carry a chain on, from an event that was sent over a run that finished to the next run", async () => {
    const [first, second] = [await world.publish(), await world.publish()];
    const named = { name: "On orders", event: "order.placed" };
    await createEventTrigger(world.as.operator, { workflowId: first, ...named });
    await createEventTrigger(world.as.operator, {
      ...{ workflowId: second, name: "After", event: "run.finished", sourceWorkflowId: first },
      expression: '{ "order": event.data.output.order }',
    });
    await sendEvent(world.as.operator, { name: "order.placed", data: { order: "7" } });
    for (let waited = 0; waited < 6; waited += 1) await world.pass(2 * SECOND_MS);
    expect([await world.statusesOf(first), await world.statusesOf(second)]).toEqual([["succeeded"], ["succeeded"]]);
  });

  it("start nothing after a run to whose end nobody listens", async () => {
    const workflowId = await world.publish();
    await startRun(world.as.operator, { workflowId, input: { order: "7" } });
    for (let waited = 0; waited < 3; waited += 1) await world.pass(2 * SECOND_MS);
    expect((await listRuns(world.as.operator, {})).rows).toHaveLength(1);
  });
});

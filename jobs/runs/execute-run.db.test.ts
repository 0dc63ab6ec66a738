import pg from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import { withEngine } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { createFunctions } from "@/jobs";
import { bootEngine, type Engine, pump } from "@/jobs/engine";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { killWorkflow, liftWorkflowKill, pauseWorkflow, resumeWorkflow } from "@/server/holds";
import { listNotifications, markRead } from "@/server/notifications";
import { parseEnv } from "@/server/platform/env";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";
import { getRun, killRun, startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { useHttpTarget } from "@/server/testing/http-target";
import { expectReceipt } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import { MAX_OUTPUT_BYTES } from "@/server/runs/domain/limits";

const db = useTestDatabase();
const target = useHttpTarget();
let engine: Engine;

beforeEach(async () => {
  const client = createEmbeddedClient(createLogger("silent"));
  const env = parseEnv({ CONDUCTOR_SECRET: "x".repeat(40), EGRESS_ALLOW: target.host });
  const functions = createFunctions({ client, database: db.database, clock: systemClock, newId, env });
  engine = await bootEngine({ database: db.database, client, functions, clock: { shiftMs: 0 }, random: () => 0 });
});

async function startWith(steps: Record<string, unknown>[]) {
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator", "tenant_admin"]);
  const { workflowId } = await makePublished(as, { steps });
  const { runId } = await startRun(as.operator, { workflowId, input: { order: "7" } });
  return { as, workflowId, runId, see: () => getRun(as.operator, { runId }) };
}

const http = (id: string, path: string, over: Record<string, unknown> = {}) => ({
  ...{ id, type: "http", request: { url: `${target.url}${path}` } },
  ...over,
});

describe("a run", () => {
  it("carries its steps out in order, hands outputs on, and leaves a receipt", async () => {
    const before = target.hits.length;
    const { as, runId, see } = await startWith([
      http("first", "/orders/{{ input.order }}", { next: "second" }),
      http("second", "/echo{{ steps.first.output.body.path }}"),
    ]);
    await pump(engine);
    expect(await see()).toMatchObject({
      status: "succeeded",
      output: { status: 200, body: { path: "/echo%2Forders%2F7" } },
      steps: [
        { stepId: "first", position: 1, status: "succeeded", attempt: 1 },
        { stepId: "second", position: 2, status: "succeeded", attempt: 1 },
      ],
    });
    expect(target.hits.slice(before)).toEqual(["GET /orders/7", "GET /echo%2Forders%2F7"]);
    await expectReceipt(as.operator, "run.finish", `run:${runId}`);
  });

  it("tries a step again after a 503 with the same idempotency key", async () => {
    target.nextStatuses.push(503, 200);
    const { runId, see } = await startWith([http("only", "/flaky")]);
    await pump(engine);
    expect(await see()).toMatchObject({ status: "running", steps: [{ status: "failed", attempt: 1 }] });
    engine.clock.shiftMs += 60_000;
    await pump(engine);
    expect(await see()).toMatchObject({ status: "succeeded", steps: [{ status: "succeeded", attempt: 2 }] });
    expect(target.keys.slice(-2)).toEqual([`${runId}:only`, `${runId}:only`]);
  });

  it("fails with the step's reason, and tells whoever started it, once", async () => {
    target.nextStatuses.push(404);
    const { as, see } = await startWith([http("only", "/gone", { next: "never" }), http("never", "/never")]);
    await pump(engine);
    expect(await see()).toMatchObject({
      status: "failed",
      failure: { code: "unexpected-status", message: expect.stringContaining("answered 404") as string },
      steps: [{ stepId: "only", status: "failed" }],
    });
    const told = await listNotifications(as.operator, {});
    expect(told.rows.map(({ title, readAt }) => [title, readAt])).toEqual([["A run of Sync orders failed", null]]);
    expect(await markRead(as.operator, {})).toEqual({ marked: 1 });
    expect(await markRead(as.operator, {})).toEqual({ marked: 0 });
  });

  it("waits without holding anything, and goes on when the time has come", async () => {
    const { see } = await startWith([
      { id: "pause", type: "wait", seconds: 3_600, next: "after" },
      http("after", "/after"),
    ]);
    await pump(engine);
    expect(await see()).toMatchObject({ status: "running", steps: [{ stepId: "pause", status: "running" }] });
    engine.clock.shiftMs += 3_000_000;
    await pump(engine);
    expect(await see()).toMatchObject({ status: "running" });
    engine.clock.shiftMs += 601_000;
    await pump(engine);
    expect(await see()).toMatchObject({ status: "succeeded", steps: [{ status: "succeeded" }, { stepId: "after" }] });
  });

  it("is woken from a wait no moment too early, though the engine counts in whole seconds", async () => {
    const { as, see } = await startWith([{ id: "pause", type: "wait", seconds: 3_600 }]);
    await pump(engine);
    const [pause] = (await see()).steps;
    const timers = await withEngine(db, (query) =>
      query<{ at: Date }>("select run_at as at from engine.jobs where kind = 'timer' and tenant_id = $1", [
        as.operator.tenantId,
      ]),
    );
    expect(timers).toHaveLength(1);
    expect(timers[0]?.at.getTime()).toBeGreaterThanOrEqual(Date.parse(pause?.startedAt ?? "") + 3_600_000);
  });

  it("follows the branch that holds and takes no step of the other", async () => {
    const { see } = await startWith([
      { id: "fork", type: "branch", cases: [{ when: "input.order == '7'", next: "left" }], otherwise: "right" },
      http("left", "/left"),
      http("right", "/right"),
    ]);
    await pump(engine);
    expect((await see()).steps.map(({ stepId }) => stepId)).toEqual(["fork", "left"]);
  });

  it("takes no step after it was killed", async () => {
    const { as, runId, see } = await startWith([
      { id: "pause", type: "wait", seconds: 60, next: "after" },
      http("after", "/killed"),
    ]);
    await pump(engine);
    const before = target.hits.length;
    await killRun(as.operator, { runId, reason: "stop" });
    engine.clock.shiftMs += 120_000;
    await pump(engine);
    expect(await see()).toMatchObject({ status: "killed", steps: [{ stepId: "pause", status: "skipped" }] });
    expect(target.hits).toHaveLength(before);
  });

  it("that sleeps under a kill of its workflow is ended by a job, and takes no step after", async () => {
    const { as, see, workflowId } = await startWith([
      { id: "pause", type: "wait", seconds: 60, next: "after" },
      http("after", "/killed-with-its-workflow"),
    ]);
    await pump(engine);
    const before = target.hits.length;
    const { holdId } = await killWorkflow(as.operator, { workflowId, reason: "stop" });
    await pump(engine);
    expect(await see()).toMatchObject({ status: "killed", failure: { message: "stop" } });
    await liftWorkflowKill(as.tenant_admin, { holdId });
    engine.clock.shiftMs += 120_000;
    await pump(engine);
    expect(await see()).toMatchObject({ status: "killed", steps: [{ stepId: "pause", status: "skipped" }] });
    expect(target.hits).toHaveLength(before);
  });

  it("that was started under a pause begins once it is resumed", async () => {
    const { as, workflowId } = await startWith([http("only", "/paused")]);
    await pump(engine);
    const before = target.hits.length;
    const { holdId } = await pauseWorkflow(as.operator, { workflowId, reason: "wait" });
    const { runId } = await startRun(as.operator, { workflowId, input: { order: "8" } });
    await pump(engine);
    expect(await getRun(as.operator, { runId })).toMatchObject({ status: "queued", waitsFor: [{ reason: "wait" }] });
    await resumeWorkflow(as.operator, { holdId });
    await pump(engine);
    expect(await getRun(as.operator, { runId })).toMatchObject({ status: "succeeded", waitsFor: null });
    expect(target.hits.slice(before)).toEqual(["GET /paused"]);
  });

  it("that cannot be carried out is given up after its tries, and its starter told", async () => {
    const { as, runId, see } = await startWith([{ id: "pause", type: "wait", seconds: 60 }]);
    await pump(engine);
    const owner = new pg.Client({ connectionString: db.ownerUrl });
    await owner.connect();
    await owner.query('update engine.steps set memo = \'{"type":"data","data":7}\' where name = \'turn 1\'');
    await owner.end();
    // As often as the engine tries, and the pauses that it makes between.
    for (let tries = 1; tries <= 11; tries += 1) {
      expect(await see()).toMatchObject({ status: "running", steps: [{ status: "running" }] });
      engine.clock.shiftMs += 660_000;
      await pump(engine);
    }
    expect(await see()).toMatchObject({
      ...{ status: "failed", failure: { code: "internal" } },
      steps: [{ stepId: "pause", status: "skipped" }],
    });
    await expectReceipt(as.operator, "run.finish", `run:${runId}`);
    expect((await listNotifications(as.operator, {})).rows).toHaveLength(1);
  });

  it("is ended when what its steps gave weighs too much together", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `s${index}`);
    const { see } = await startWith(
      ids.map((id, index) => http(id, "/bytes/900000", index + 1 < ids.length ? { next: `s${index + 1}` } : {})),
    );
    await pump(engine);
    const run = await see();
    expect(run).toMatchObject({ status: "failed", failure: { code: "run-too-large" } });
    // The body of each is most of what it gave.
    expect(run.steps).toHaveLength(Math.floor(MAX_OUTPUT_BYTES / 900_000) + 1);
  });

  it("is told to the reviewers that may review it, and its verdict to its authors", async () => {
    const { as } = await startWith([http("only", "/told")]);
    await pump(engine);
    const titles = async (role: "workflow_reviewer" | "workflow_author") =>
      (await listNotifications(as[role], {})).rows.map(({ title }) => title);
    expect(await titles("workflow_reviewer")).toEqual(["Sync orders v1 waits for your review"]);
    expect(await titles("workflow_author")).toEqual(["Sync orders v1 was approved"]);
  });
});

import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { TEST_SECRET } from "@/db/testing/cluster";
import { useTestDatabase } from "@/db/testing/test-database";
import { type InngestServer, startInngestServer } from "@/e2e/sandbox/inngest/server";
import { decideApproval, listApprovals } from "@/server/approvals";
import { must } from "@/server/kernel/errors";
import { parseEnv } from "@/server/platform/env";
import { getRun, killRun, startRun } from "@/server/runs";
import { memberContext, planlessTenantWith } from "@/server/testing/actors";
import { useHttpTarget } from "@/server/testing/http-target";
import { makePublished } from "@/server/testing/workflows";
import { embedded, type Pass, real, recorded } from "./testing/engines";
import { type ServedProduct, serveProduct } from "./testing/product";
import { type Traces, tracesOf } from "./testing/traces";

// One database per engine: an outbox has one reader.
const ours = useTestDatabase();
const theirs = useTestDatabase();
const target = useHttpTarget();

/** Set by `npm run conformance` when a real server answers; without, the recorded protocol is driven. */
const realServer = process.env.CONFORMANCE_SERVER;
const keys = {
  signingKey: process.env.INNGEST_SIGNING_KEY ?? `signkey-test-${"5b".repeat(32)}`,
  eventKey: process.env.INNGEST_EVENT_KEY ?? "event-key-of-a-test",
};
const current: { product?: ServedProduct; server?: InngestServer; embedded?: Pass; inngest?: Pass } = {};

beforeAll(async () => {
  const server = realServer === undefined ? await startInngestServer(keys) : undefined;
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, EGRESS_ALLOW: target.host });
  current.embedded = await embedded(ours.database, env);
  const product = await serveProduct({
    ...{ CONDUCTOR_SECRET: TEST_SECRET, EGRESS_ALLOW: target.host },
    ...{ DATABASE_URL: theirs.ownerUrl, NEON_WS_PROXY: inject("neonProxy") },
    ...{ INNGEST_SIGNING_KEY: keys.signingKey, INNGEST_EVENT_KEY: keys.eventKey },
    INNGEST_BASE_URL: server?.url ?? must(realServer, "a server is driven"),
  });
  current.product = product;
  if (server === undefined) {
    current.inngest = await real(theirs.database, { endpoint: product.endpoint, key: keys.signingKey });
    return;
  }
  current.server = server;
  await server.sync(product.endpoint, "out_of_band");
  current.inngest = recorded(theirs.database, server);
});
afterAll(async () => {
  await current.product?.stop();
  await current.server?.stop();
});

const http = (id: string, path: string, over: Record<string, unknown> = {}) => ({
  ...{
    id,
    type: "http",
    request: { method: "POST", url: `${target.url}${path}`, body: { order: "{{ input.order }}" } },
  },
  ...over,
});

/** One of nearly everything: what computes, asks, waits, chooses, forks, repeats, is tried again, calls and is approved. */
const stepsThatCall = (called: string) => [
  http("first", "/orders/{{ input.order }}", { next: "shape" }),
  {
    id: "shape",
    type: "transform",
    expression: '{ "id": input.order, "path": steps.first.output.body.path }',
    next: "rest",
  },
  { id: "rest", type: "wait", seconds: 2, next: "which" },
  { id: "which", type: "branch", cases: [{ when: "input.order == '7'", next: "fork" }], otherwise: "never" },
  http("never", "/never"),
  { id: "fork", type: "parallel", branches: ["left", "each"], next: "gate" },
  http("left", "/left"),
  { id: "each", type: "for-each", items: "[1..5]", body: "item" },
  http("item", "/items/{{ item }}"),
  {
    ...{ id: "gate", type: "approval", title: "Pay order {{ input.order }}?", next: "call" },
    stages: [{ role: "tenant_admin", quorum: 1, expires_hours: 1 }],
  },
  { id: "call", type: "workflow", workflow: called, input: { order: "{{ steps.shape.output.id }}" }, next: "sum" },
  { id: "sum", type: "transform", expression: '{ "called": steps.call.output, "paid": steps.shape.output.path }' },
];

const PASSES_MOST = 300;

/** Lets an engine work until something holds. */
async function until(pass: Pass, holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let passed = 0; passed < PASSES_MOST; passed += 1) {
    if (await holds()) return;
    await pass();
  }
  throw new Error(`not reached: ${what}`);
}

/** The same people and the same workflow in a database of its own. */
async function stage({ database }: typeof ours, steps: readonly Record<string, unknown>[], slug: string) {
  const { tenant, as } = await planlessTenantWith(database, ["workflow_author", "workflow_reviewer", "operator"]);
  const approver = await memberContext(database, tenant, { roles: ["tenant_admin"] });
  const { workflowId } = await makePublished(as, { steps }, slug);
  const start = async () => {
    const { runId } = await startRun(as.operator, { workflowId, input: { order: "7" } });
    return { runId, see: () => getRun(as.operator, { runId }) };
  };
  return { as, approver, start };
}

/** Carries one run out, with an approval on the way and a target that is away once. Gives all it left behind. */
async function wholeRun(db: typeof ours, pass: Pass): Promise<Traces> {
  const { as, approver, start } = await stage(db, stepsThatCall("called"), "whole");
  await makePublished(as, { steps: [{ id: "only", type: "transform", expression: '"for " & input.order' }] }, "called");
  target.nextStatuses.push(503);
  const { see } = await start();
  const asked = async () => (await listApprovals(approver, { tab: "mine" })).rows[0];
  await until(pass, async () => (await asked()) !== undefined, "an approval is asked for");
  const approval = must(await asked(), "an approval is asked for");
  const { approvalId, contentHash } = { approvalId: approval.id, contentHash: (await see()).contentHash };
  await decideApproval(approver, { approvalId, contentHash, verdict: "approved", comment: "Paid before." });
  await until(pass, async () => (await see()).status !== "running", "the run ends");
  expect(await see()).toMatchObject({ status: "succeeded", output: { called: "for 7", paid: "/orders/7" } });
  return tracesOf(as.operator);
}

describe("one workflow on both engines", () => {
  const passes = () => [must(current.embedded, "is started"), must(current.inngest, "is started")] as const;

  it("leaves the same runs, steps, outputs, usage and receipts", async () => {
    const [embeddedPass, inngestPass] = passes();
    const before = target.hits.length;
    const ourTraces = await wholeRun(ours, embeddedPass);
    const asked = target.hits.slice(before).sort();
    expect(await wholeRun(theirs, inngestPass)).toEqual(ourTraces);
    expect(target.hits.slice(before + asked.length).sort()).toEqual(asked);
    const { runs, steps, usage, receipts } = ourTraces;
    expect([runs.length, steps.length, usage.length]).toEqual([2, 16, 16]);
    expect(receipts.map(({ action }) => action)).toEqual(expect.arrayContaining(["run.start", "run.finish"]));
  });

  it.runIf(realServer === undefined)(
    "is called step by step, or keeps steps within a call, with the same end",
    async () => {
      const [, inngestPass] = passes();
      const server = must(current.server, "the recorded protocol is driven");
      const counted = async (checkpoints: boolean) => {
        const before = { ...server.traffic };
        server.checkpoints = checkpoints;
        const traces = await wholeRun(theirs, inngestPass);
        return { traces, kept: server.traffic.kept - before.kept, calls: server.traffic.calls - before.calls };
      };
      const [within, stepwise] = [await counted(true), await counted(false)];
      expect(stepwise.traces).toEqual(within.traces);
      expect(within.kept).toBeGreaterThan(0);
      expect(stepwise.kept).toBe(0);
      expect(stepwise.calls).toBeGreaterThan(within.calls);
      expect(server.traffic.refused).toBe(0);
      // All that was promised to the engine was kept: nothing of it is still open.
      const ends = server.runs("conductor-execute-run").map(({ status }) => status);
      expect(new Set(ends)).toEqual(new Set(["completed"]));
    },
  );

  it("fails alike", async () => {
    const failing = async (db: typeof ours, pass: Pass) => {
      const { as, start } = await stage(db, [http("only", "/gone", { retries: 0 })], "failing");
      target.nextStatuses.push(404);
      const { see } = await start();
      await until(pass, async () => (await see()).status === "failed", "the run fails");
      return tracesOf(as.operator);
    };
    const [embeddedPass, inngestPass] = passes();
    expect(await failing(theirs, inngestPass)).toEqual(await failing(ours, embeddedPass));
  });

  it("is killed alike, in the middle of a wait", async () => {
    const killed = async (db: typeof ours, pass: Pass) => {
      const steps = [{ id: "rest", type: "wait", seconds: 3_600, next: "after" }, http("after", "/after-kill")];
      const { as, start } = await stage(db, steps, "killed");
      const { runId, see } = await start();
      await until(pass, async () => (await see()).steps.length === 1, "the run waits");
      await killRun(as.operator, { runId, reason: "no longer wanted" });
      await pass();
      return tracesOf(as.operator);
    };
    const [embeddedPass, inngestPass] = passes();
    const before = target.hits.length;
    expect(await killed(theirs, inngestPass)).toEqual(await killed(ours, embeddedPass));
    expect(target.hits).toHaveLength(before);
  });
});

describe.runIf(realServer === undefined)("the protocol between them", () => {
  const parts = () =>
    [must(current.server, "the recorded protocol is driven"), must(current.product, "is served")] as const;

  it("is signed both ways: the product serves nobody with another key, and tells nobody its functions", async () => {
    const [{ url }, { endpoint }] = parts();
    const other = await startInngestServer({ ...keys, signingKey: `signkey-test-${"00".repeat(32)}` });
    for (const how of ["in_band", "out_of_band"] as const)
      await expect(other.sync(endpoint, how)).rejects.toThrow("(401) is not trusted: it is not signed");
    const unsigned = await fetch(`${url}/fn/register`, { method: "POST", body: "{}" });
    expect(unsigned.status).toBe(401);
    await other.stop();
  });

  it("tells the same functions in the answer to a sync as by a request of its own", async () => {
    const [server, { endpoint }] = parts();
    const inBand = await server.sync(endpoint, "in_band");
    expect(inBand).toContain("conductor-execute-run");
    expect((await server.sync(endpoint, "out_of_band")).sort()).toEqual(inBand.sort());
    expect(server.traffic.registered).toBeGreaterThanOrEqual(1);
  });
});

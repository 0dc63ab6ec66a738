import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { createFunctions } from "@/jobs";
import { bootEngine, type Engine, pump } from "@/jobs/engine";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { parseEnv, env as processEnv } from "@/server/platform/env";
import { blobStoreOf } from "@/server/platform/blob-store";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";
import { listReceipts } from "@/server/receipts";
import { getArtefact, getRun, killRun, listRuns, startRun } from "@/server/runs";
import { artefactKey, artefactOf } from "@/server/runs/artefacts";
import { setSecret } from "@/server/secrets";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { useEchoTarget } from "@/server/testing/echo-target";
import { makeDraft, makePublished } from "@/server/testing/workflows";

const db = useTestDatabase();
const target = useEchoTarget();
const { CONDUCTOR_SECRET } = processEnv();
// Before anybody reads the environment: the product finds the files where the executor has put them.
const home = await vi.hoisted(async () => {
  const [{ mkdtemp: make }, { tmpdir: temporary }] = await Promise.all([import("node:fs/promises"), import("node:os")]);
  const folder = await make(`${temporary()}/conductor-steps-`);
  vi.stubEnv("CONDUCTOR_HOME", folder);
  return folder;
});
const env = () => parseEnv({ CONDUCTOR_SECRET, EGRESS_ALLOW: target.host, CONDUCTOR_HOME: home });
let engine: Engine;

afterAll(() => rm(home, { recursive: true, force: true }));

beforeEach(async () => {
  const client = createEmbeddedClient(createLogger("silent"));
  const functions = createFunctions({ client, database: db.database, clock: systemClock, newId, env: env() });
  engine = await bootEngine({ database: db.database, client, functions, clock: { shiftMs: 0 }, random: () => 0 });
});

async function setUp(steps: Record<string, unknown>[]) {
  const { as } = await tenantWith(db.database, ["tenant_admin", "workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as, { steps });
  const run = async (order = "7") => {
    const { runId } = await startRun(as.operator, { workflowId, input: { order } });
    await pump(engine);
    return getRun(as.operator, { runId });
  };
  return { as, run };
}

describe("a message to Slack", () => {
  const tell = {
    id: "tell",
    type: "notify",
    channel: "slack",
    webhook: "SLACK_WEBHOOK",
    text: "Order {{ input.order }} <!here>",
  };
  const secret = (url: string, allowedHosts = ["127.0.0.1"]) => ({
    ...{ environment: "dev" as const, name: "SLACK_WEBHOOK", value: url, allowedHosts },
  });

  it("goes to the webhook that the secret holds, what is filled in without meaning, and its address is found nowhere", async () => {
    const { as, run } = await setUp([tell]);
    await setSecret(as.tenant_admin, secret(`${target.url}/services/T0/B0/very-secret`));
    const seen = await run("<!channel> & co");
    expect(seen).toMatchObject({ status: "succeeded", output: { sent: true } });
    const [address, , body] = target.received.at(-1)?.split("\n") ?? [];
    expect(address).toBe("/services/T0/B0/very-secret");
    expect(JSON.parse(body ?? "")).toEqual({ text: "Order &lt;!channel&gt; &amp; co <!here>" });
    expect(JSON.stringify(seen)).not.toContain("very-secret");
    expect(seen.steps[0]?.input).toMatchObject({ channel: "slack", webhook: "SLACK_WEBHOOK" });
  });

  it.each([
    ["without the secret", null, "secret-missing"],
    ["to a host that the secret may not go to", ["hooks.slack.com"], "secret-host"],
  ])("%s fails with the reason, and nothing is sent", async (_what, hosts, code) => {
    const { as, run } = await setUp([{ ...tell }]);
    if (hosts !== null) await setSecret(as.tenant_admin, secret(`${target.url}/services/x`, hosts));
    const before = target.received.length;
    expect(await run()).toMatchObject({ status: "failed", failure: { code } });
    expect(target.received).toHaveLength(before);
  });

  it("is tried again when Slack is busy, and not when it says no", async () => {
    const busy = await setUp([tell]);
    await setSecret(busy.as.tenant_admin, secret(`${target.url}/status/429`));
    expect(await busy.run()).toMatchObject({
      status: "running",
      steps: [{ status: "failed", failure: { code: "slack" } }],
    });
    const refusing = await setUp([tell]);
    await setSecret(refusing.as.tenant_admin, secret(`${target.url}/status/404`));
    expect(await refusing.run()).toMatchObject({ status: "failed", steps: [{ attempt: 1 }] });
  });
});

describe("evidence", () => {
  it("is kept under its digest, and named by a receipt", async () => {
    const { as, run } = await setUp([
      { id: "proof", type: "evidence", file: "order.json", content: { order: "{{ input.order }}" } },
    ]);
    const seen = await run();
    const artefact = artefactOf(seen.steps[0]?.output ?? null);
    const kept = await blobStoreOf(env()).get(artefactKey(as.operator.tenantId, artefact.sha256));
    expect(JSON.parse(Buffer.from(kept ?? []).toString())).toEqual({ order: "7" });
    const { rows } = await listReceipts(as.operator, {});
    const receipt = rows.find(({ action }) => action === "run.attach");
    expect(receipt).toMatchObject({ subject: `run:${seen.id}`, body: { detail: { taskId: "proof", ...artefact } } });
    // The same file in another run is the same file.
    expect(artefactOf((await run()).output)).toEqual(artefact);
  });

  it("is given to whoever may read the run, as long as it is what was kept", async () => {
    const { as, run } = await setUp([
      {
        id: "proof",
        type: "evidence",
        file: "a.csv",
        media_type: "text/csv",
        content: "id\n{{ input.order }}\n",
        next: "more",
      },
      { id: "more", type: "transform", expression: "1" },
    ]);
    const seen = await run("=1+1");
    const ask = (stepId: string) => getArtefact(as.operator, { runId: seen.id, stepId });
    const given = await ask("proof");
    expect(given).toMatchObject({ file: "a.csv", mediaType: "text/csv", content: "id\n=1+1\n" });
    await expect(ask("more")).rejects.toMatchObject({ code: "NotFound" });
    await writeFile(path.join(home, "blobs", artefactKey(as.operator.tenantId, given.sha256)), "other");
    await expect(ask("proof")).rejects.toMatchObject({ code: "Unavailable" });
  });
});

describe("a call of another workflow", () => {
  const calling = (slug: string, input: Record<string, unknown> = { order: "{{ input.order }}" }) => ({
    ...{ id: "call", type: "workflow", workflow: slug, input },
  });
  const doubled = { steps: [{ id: "double", type: "transform", expression: "input.order & input.order" }] };

  /** A workflow that calls, and one that is called. */
  async function caller(called: Record<string, unknown>, over: Record<string, unknown> = {}, calls = calling) {
    const { tenant, as } = await tenantWith(db.database, [
      "tenant_admin",
      "workflow_author",
      "workflow_reviewer",
      "operator",
    ]);
    // Published by people of its own region, as the pack asks.
    const { region = "eu" } = (called.attributes ?? {}) as { region?: string };
    const workflow_reviewer = await memberContext(db.database, tenant, { roles: ["workflow_reviewer"], region });
    const inner = await makePublished({ ...as, workflow_reviewer }, called);
    const { workflowId } = await makePublished(as, { steps: [calls(inner.slug)], ...over });
    const start = async () => (await startRun(as.operator, { workflowId, input: { order: "ab" } })).runId;
    const see = (runId: string) => getRun(as.operator, { runId });
    const calledRuns = async () => (await listRuns(as.operator, { workflowId: inner.workflowId })).rows;
    return { as, inner, workflowId, start, see, calledRuns };
  }

  it("waits for its end and takes its output", async () => {
    const { as, start, see, calledRuns } = await caller(doubled);
    const runId = await start();
    await pump(engine);
    expect(await see(runId)).toMatchObject({ status: "succeeded", output: "abab" });
    const [called] = await calledRuns();
    expect(called).toMatchObject({ status: "succeeded", startedBy: `run:${runId}` });
    const { rows } = await listReceipts(as.operator, { subject: `run:${called?.id ?? ""}` });
    expect(rows.find(({ action }) => action === "run.start")).toMatchObject({
      ...{ actor: `run:${runId}`, body: { detail: { calledBy: runId, taskId: "call" } } },
    });
  });

  it("is one run for each item of a list, all of them at once", async () => {
    const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
    const steps = [
      { id: "pause", type: "wait", seconds: 3_600, next: "give" },
      { id: "give", type: "transform", expression: "input.order" },
    ];
    const inner = await makePublished(as, { steps });
    const { workflowId } = await makePublished(as, {
      steps: [
        { id: "all", type: "for-each", items: "['x','y','z']", body: "call" },
        calling(inner.slug, { order: "{{ item }}" }),
      ],
    });
    const { runId } = await startRun(as.operator, { workflowId, input: { order: "1" } });
    await pump(engine);
    const { rows } = await listRuns(as.operator, { workflowId: inner.workflowId });
    expect(rows.map(({ status }) => status)).toEqual(["running", "running", "running"]);
    engine.clock.shiftMs += 3_601_000;
    await pump(engine);
    expect(await getRun(as.operator, { runId })).toMatchObject({ status: "succeeded", output: ["x", "y", "z"] });
  });

  it("fails with the reason when that run fails, is killed or cancelled", async () => {
    const failing = await caller({ steps: [{ id: "no", type: "transform", expression: "$error('no such thing')" }] });
    const runId = await failing.start();
    await pump(engine);
    const message = expect.stringContaining("no such thing") as string;
    expect(await failing.see(runId)).toMatchObject({ status: "failed", failure: { code: "called-run", message } });

    const waiting = await caller({ steps: [{ id: "pause", type: "wait", seconds: 3_600 }] });
    const waitingId = await waiting.start();
    await pump(engine);
    const [called] = await waiting.calledRuns();
    await killRun(waiting.as.operator, { runId: called?.id ?? "", reason: "enough" });
    await pump(engine);
    expect(await waiting.see(waitingId)).toMatchObject({ status: "failed", failure: { code: "called-run" } });
  });

  it("ends with the run that called it when that is killed", async () => {
    const { as, start, see, calledRuns } = await caller({ steps: [{ id: "pause", type: "wait", seconds: 3_600 }] });
    const runId = await start();
    await pump(engine);
    expect(await see(runId)).toMatchObject({ status: "running", steps: [{ status: "running" }] });
    await killRun(as.operator, { runId, reason: "stop" });
    const [called] = await calledRuns();
    expect(called).toMatchObject({ status: "killed" });
    const { rows } = await listReceipts(as.operator, { subject: `run:${called?.id ?? ""}` });
    expect(rows[0]).toMatchObject({ action: "run.kill", body: { detail: { calledBy: runId, reason: "stop" } } });
  });

  it("ends when nobody waits for it any more, however its caller ended", async () => {
    const fork = (slug: string) => [
      { id: "fork", type: "parallel", branches: ["call", "nap"] },
      calling(slug),
      { id: "nap", type: "wait", seconds: 60, next: "no" },
      { id: "no", type: "transform", expression: "$error('no')" },
    ];
    const { as } = await tenantWith(db.database, ["tenant_admin", "workflow_author", "workflow_reviewer", "operator"]);
    const inner = await makePublished(as, { steps: [{ id: "pause", type: "wait", seconds: 86_400 }] });
    const { workflowId } = await makePublished(as, { steps: fork(inner.slug) });
    await startRun(as.operator, { workflowId, input: { order: "1" } });
    await pump(engine);
    engine.clock.shiftMs += 61_000;
    await pump(engine);
    const { rows } = await listRuns(as.operator, { workflowId: inner.workflowId });
    expect(rows).toMatchObject([{ status: "failed" }]);
    expect(await getRun(as.operator, { runId: rows[0]?.id ?? "" })).toMatchObject({
      failure: { code: "caller-ended" },
    });
  });

  const attributes = (over: Record<string, unknown>) => ({
    attributes: {
      ...{
        environment: "dev",
        region: "eu",
        risk_profile: "low",
        business_unit: "general",
        data_sensitivity: "internal",
      },
      ...over,
    },
  });
  it.each([
    ["more risk", attributes({ risk_profile: "medium" })],
    ["more sensitive data", attributes({ data_sensitivity: "confidential" })],
    ["another environment", attributes({ environment: "staging" })],
    ["another region", attributes({ region: "us" })],
  ])("of one with %s is refused", async (_what, over) => {
    const { start, see, calledRuns } = await caller({ ...doubled, ...over });
    const runId = await start();
    await pump(engine);
    expect(await see(runId)).toMatchObject({ status: "failed", failure: { code: "forbidden-call" } });
    expect(await calledRuns()).toEqual([]);
  });

  it("of itself is refused at save; of one that calls back is stopped after five in a row", async () => {
    const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
    await expect(makeDraft(as.workflow_author, { steps: [calling("ouroboros")] }, "ouroboros")).rejects.toMatchObject({
      ...{ code: "Invalid", details: { fields: [{ path: "steps.0.workflow" }] } },
    });
    await makePublished(as, { steps: [calling("pong")] }, "ping");
    const { workflowId } = await makePublished(as, { steps: [calling("ping")] }, "pong");
    const { runId } = await startRun(as.operator, { workflowId, input: { order: "1" } });
    await pump(engine);
    const { status, failure } = await getRun(as.operator, { runId });
    expect([status, failure?.message]).toEqual(["failed", expect.stringContaining("call number 6 in a row")]);
    expect((await listRuns(as.operator, {})).rows).toHaveLength(6);
  });

  it.each([
    ["of a workflow that is not there", (_: string) => calling("nope"), "unknown-workflow"],
    ["with an input that it does not take", (slug: string) => calling(slug, { other: 1 }), "input"],
  ])("%s fails", async (_what, calls, code) => {
    const { start, see } = await caller(doubled, {}, calls);
    const runId = await start();
    await pump(engine);
    expect(await see(runId)).toMatchObject({ status: "failed", failure: { code } });
  });

  it("is kept for the run that makes it: nobody else takes its key", async () => {
    const { as, inner, start } = await caller(doubled);
    const runId = await start();
    const idempotencyKey = `${runId}:call`;
    await expect(
      startRun(as.operator, { workflowId: inner.workflowId, input: { order: "x" }, idempotencyKey }),
    ).rejects.toMatchObject({ code: "Invalid" });
  });
});

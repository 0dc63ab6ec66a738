import fs from "node:fs";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { secrets } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { everythingStored } from "@/db/testing/everything";
import { useTestDatabase } from "@/db/testing/test-database";
import { type Collector, startCollector } from "@/e2e/sandbox/otlp";
import { createFunctions } from "@/jobs";
import { bootEngine, type Engine, pump } from "@/jobs/engine";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { env as processEnv, parseEnv } from "@/server/platform/env";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { log } from "@/server/platform/log";
import { startTracing } from "@/server/platform/trace";
import { getRun, startRun } from "@/server/runs";
import { deleteSecret, setSecret } from "@/server/secrets";
import { tenantWith } from "@/server/testing/actors";
import { useEchoTarget } from "@/server/testing/echo-target";
import { makePublished } from "@/server/testing/workflows";

const db = useTestDatabase();
const target = useEchoTarget();
const other = useEchoTarget();
let engine: Engine;
let collector: Collector;
const logged: string[] = [];

beforeAll(async () => {
  vi.stubEnv("LOG_LEVEL", "debug");
  // Where the process's own log ends, after all that it does to a line.
  vi.spyOn(fs, "writeSync").mockImplementation((_file: number, line: unknown) => {
    logged.push(String(line));
    return Buffer.byteLength(String(line));
  });
  collector = await startCollector();
  for (const [name, value] of Object.entries(collector.settings)) vi.stubEnv(name, value);
  await startTracing(collector.settings);
});
afterAll(() => {
  vi.restoreAllMocks();
  collector.stop();
});

beforeEach(async () => {
  const client = createEmbeddedClient(log());
  const { CONDUCTOR_SECRET } = processEnv();
  const env = parseEnv({ CONDUCTOR_SECRET, EGRESS_ALLOW: `${target.host},${other.host}` });
  const functions = createFunctions({ client, database: db.database, clock: systemClock, newId, env });
  engine = await bootEngine({ database: db.database, client, functions, clock: { shiftMs: 0 }, random: () => 0 });
});

const HEART = "correct-horse-battery";
const VALUE = `s3 k/+"é' ${HEART} ="?&<x>`;
const SECOND = "second-staple-value-0815";
const KEY = { environment: "dev" as const, name: "API_KEY", value: VALUE, allowedHosts: ["127.0.0.1"] };

/** What must be found nowhere: the value, its heart that most encodings leave as it is, and those that leave nothing. */
function needlesOf(value: string, heart: string): string[] {
  const bytes = Buffer.from(value, "utf8");
  const forms = [value, heart, bytes.toString("base64"), bytes.toString("base64url"), bytes.toString("hex")];
  return [...forms, encodeURIComponent(value)].map((form) => form.toLowerCase().replace(/=+$/, ""));
}
const NEEDLES = [...needlesOf(VALUE, HEART), ...needlesOf(SECOND, "second-staple")];

async function setUp(steps: Record<string, unknown>[], environment = "dev") {
  const roles = ["tenant_admin", "workflow_author", "workflow_reviewer", "operator"] as const;
  const { as } = await tenantWith(db.database, roles);
  const attributes = {
    ...{ environment, region: "eu", risk_profile: "low", business_unit: "general", data_sensitivity: "internal" },
  };
  const { workflowId } = await makePublished(as, { steps, attributes });
  const start = () => startRun(as.operator, { workflowId, input: { order: "the-order-of-this-run" } });
  return { admin: as.tenant_admin, start, see: (runId: string) => getRun(as.operator, { runId }) };
}

const call = (id: string, request: Record<string, unknown>, over: Record<string, unknown> = {}) => ({
  ...{ id, type: "http", request, retries: 0 },
  ...over,
});
const bearer = { authorization: "Bearer {{ secrets.API_KEY }}" };

describe("a secret that a run sends", () => {
  it("44 reaches its target in header, query and body, and is found nowhere after all of them came back", async () => {
    const { url } = target;
    const { admin, start, see } = await setUp([
      call("header", { url: `${url}/echo`, headers: { "x-key": "{{ secrets.OTHER_KEY }}" } }, { next: "query" }),
      call("query", { url: `${url}/echo?key={{ secrets.API_KEY }}` }, { next: "body" }),
      call("body", { method: "POST", url: `${url}/plain`, body: { key: "{{ secrets.API_KEY }}" } }, { next: "later" }),
      // It names none, and gets those that the target kept.
      call("later", { url: `${url}/echo?order={{ input.order }}` }, { next: "compute" }),
      { id: "compute", type: "transform", expression: "steps.later.output.body", next: "flaky" },
      call("flaky", { url: `${url}/status/503?key={{ secrets.API_KEY }}` }, { retries: 1 }),
    ]);
    await setSecret(admin, KEY);
    await setSecret(admin, { ...KEY, name: "OTHER_KEY", value: SECOND });
    const { runId } = await start();
    await pump(engine);
    engine.clock.shiftMs += 60_000;
    await pump(engine);

    const run = await see(runId);
    expect(run.steps.map(({ stepId, status }) => [stepId, status])).toEqual([
      ...["header", "query", "body", "later", "compute"].map((stepId) => [stepId, "succeeded"]),
      ["flaky", "failed"],
    ]);
    expect(run.steps.at(-1)?.failedAttempts.map(({ code, message }) => [code, message])).toEqual([
      ["unexpected-status", `GET ${url}/status/503?key=[redacted] answered 503.`],
      ["unexpected-status", `GET ${url}/status/503?key=[redacted] answered 503.`],
    ]);
    const came = target.received.join("\n");
    expect(came).toContain(SECOND);
    expect(came).toContain(encodeURIComponent(VALUE).replaceAll("'", "%27"));
    expect(came).toContain(JSON.stringify({ key: VALUE }));

    const stored = await everythingStored(db.ownerUrl);
    const holding = (needle: string) => stored.filter(({ text }) => text.toLowerCase().includes(needle));
    expect(holding("the-order-of-this-run").length).toBeGreaterThan(0);
    expect(holding("[redacted]").length).toBeGreaterThan(20);
    for (const needle of NEEDLES)
      expect(
        holding(needle).map(({ table }) => table),
        needle,
      ).toEqual([]);

    await vi.waitFor(() => expect(collector.received()).toContain("step http"), 10_000);
    const [lines, spans] = [logged.join("\n"), collector.received()].map((text) => text.toLowerCase());
    expect(lines).toContain("call committed");
    for (const needle of NEEDLES)
      expect([lines?.includes(needle), spans?.includes(needle)], needle).toEqual([false, false]);
  });

  it("is known for as long as the run goes on that sent it, also once it was replaced or deleted", async () => {
    const { admin, start, see } = await setUp([
      call("send", { url: `${target.url}/echo`, headers: bearer }, { next: "pause" }),
      { id: "pause", type: "wait", seconds: 60, next: "later" },
      call("later", { url: `${target.url}/echo` }),
    ]);
    const { id } = await setSecret(admin, KEY);
    const { runId } = await start();
    await pump(engine);
    await setSecret(admin, { ...KEY, value: "another value, later", replaces: 1 });
    await deleteSecret(admin, { secretId: id });
    engine.clock.shiftMs += 61_000;
    await pump(engine);
    const run = await see(runId);
    expect(run).toMatchObject({ status: "succeeded" });
    expect(target.received.join("\n")).toContain(HEART);
    expect(JSON.stringify(run).toLowerCase().includes(HEART)).toBe(false);
  });

  it("is the version in use at the moment of the call", async () => {
    const { admin, start } = await setUp([
      { id: "pause", type: "wait", seconds: 60, next: "send" },
      call("send", { url: `${target.url}/echo`, headers: bearer }),
    ]);
    await setSecret(admin, KEY);
    await start();
    await pump(engine);
    await setSecret(admin, { ...KEY, value: "the-value-of-now", replaces: 1 });
    engine.clock.shiftMs += 61_000;
    await pump(engine);
    expect(target.received.at(-1)).toContain("Bearer the-value-of-now");
  });
});

describe("a step that names a secret", () => {
  const steps = () => [call("send", { url: `${target.url}/echo`, headers: bearer })];

  it.each<[string, Partial<typeof KEY> | null, string, string]>([
    ["there is none", null, "secret-missing", "There is no secret API_KEY in dev."],
    ["another environment has", { environment: "prod" as never }, "secret-missing", "no secret API_KEY in dev"],
    [
      "may not go to its host",
      { allowedHosts: ["*.example.test"] },
      "secret-host",
      "API_KEY may not be sent to 127.0.0.1",
    ],
  ])("which %s fails with the reason, and nothing is sent", async (_what, over, code, message) => {
    const { admin, start, see } = await setUp(steps());
    const elsewhere = await setUp(steps());
    await setSecret(elsewhere.admin, KEY);
    if (over !== null) await setSecret(admin, { ...KEY, ...over });
    const before = target.received.length;
    const { runId } = await start();
    await pump(engine);
    expect(await see(runId)).toMatchObject({
      status: "failed",
      failure: { code, message: expect.stringContaining(message) as string },
      steps: [{ status: "failed", attempt: 1 }],
    });
    expect(target.received).toHaveLength(before);
  });

  it("fails before it calls where the secret cannot be opened, also one that another step sent", async () => {
    const { admin, start, see } = await setUp([
      { id: "pause", type: "wait", seconds: 60, next: "plain" },
      call("plain", { url: `${target.url}/echo` }, { next: "send" }),
      ...steps(),
    ]);
    await setSecret(admin, KEY);
    const { runId } = await start();
    await pump(engine);
    await withTenant(admin, (tx) =>
      tx.update(secrets).set({ keyId: "of-another-deployment" }).where(eq(secrets.tenantId, admin.tenantId)),
    );
    const before = target.received.length;
    engine.clock.shiftMs += 61_000;
    await pump(engine);
    expect(await see(runId)).toMatchObject({ status: "failed", failure: { code: "secret-sealed" } });
    expect(target.received).toHaveLength(before);
  });

  it("does not carry it to another place that its target redirects to", async () => {
    const url = `${target.url}/elsewhere?to=${encodeURIComponent(`${other.url}/caught`)}`;
    const { admin, start, see } = await setUp([call("send", { url, headers: bearer })]);
    await setSecret(admin, KEY);
    const { runId } = await start();
    await pump(engine);
    expect(await see(runId)).toMatchObject({ status: "failed", failure: { code: "forbidden-redirect" } });
    expect(other.received).toEqual([]);
  });
});

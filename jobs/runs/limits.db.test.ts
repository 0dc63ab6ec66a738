import { beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { createFunctions } from "@/jobs";
import { bootEngine, type Engine, pump, purgeEngine } from "@/jobs/engine";
import { createApiKey } from "@/server/api-keys";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { MAX_ANSWER_BYTES } from "@/server/platform/egress";
import { parseEnv } from "@/server/platform/env";
import { MAX_BODY_BYTES } from "@/server/platform/incoming";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";
import { getRun, startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { VALUE_MAX } from "@/server/runs/domain/run-input";
import { useHttpTarget } from "@/server/testing/http-target";
import { makePublished } from "@/server/testing/workflows";
import { answerV1 } from "@/server/v1/http";
import { MAX_WAIT_SECONDS } from "@/server/workflows/domain/wait-step";

const db = useTestDatabase();
const target = useHttpTarget();
let engine: Engine;

beforeEach(async () => {
  const client = createEmbeddedClient(createLogger("silent"));
  const env = parseEnv({ CONDUCTOR_SECRET: "x".repeat(40), EGRESS_ALLOW: target.host });
  const functions = createFunctions({ client, database: db.database, clock: systemClock, newId, env });
  engine = await bootEngine({ database: db.database, client, functions, clock: { shiftMs: 0 }, random: () => 0 });
});

async function published(steps: Record<string, unknown>[]) {
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as, { steps });
  const see = (runId: string) => getRun(as.operator, { runId });
  return { as, workflowId, see };
}

describe("a start with a megabyte", () => {
  const names = Array.from("abcdefghij");
  const of = (lengths: readonly number[]) =>
    JSON.stringify({ input: Object.fromEntries(names.map((name, place) => [name, "x".repeat(lengths[place] ?? 0)])) });
  const EMPTY = of([]);
  /** So many bytes of JSON, as evenly over the fields as can be. */
  const bodyOf = (bytes: number) => {
    const most = Math.floor((bytes - EMPTY.length) / names.length);
    const rest = bytes - EMPTY.length - most * (names.length - 1);
    return of(names.map((_, place) => (place === 0 ? rest : most)));
  };

  async function sender() {
    const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator", "tenant_admin"]);
    const { slug } = await makePublished(as, {
      input: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
      steps: [{ id: "length", type: "transform", expression: "$sum($each(input, function($v) { $length($v) }))" }],
    });
    const { key } = await createApiKey(as.tenant_admin, { name: "Orders", roles: ["operator"] });
    const send = async (body: string) => {
      const answer = await answerV1(
        new Request(`http://localhost:3000/api/v1/workflows/${slug}/runs`, {
          ...{ method: "POST", body },
          headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        }),
        ["workflows", slug, "runs"],
        db.database,
      );
      return { status: answer.status, body: (await answer.json()) as { id: string; error?: { message: string } } };
    };
    return { send, see: (runId: string) => getRun(as.operator, { runId }) };
  }

  it("is taken up to the last byte, and its run reads all of it", async () => {
    const { send, see } = await sender();
    const body = bodyOf(MAX_BODY_BYTES);
    expect(Buffer.byteLength(body)).toBe(MAX_BODY_BYTES);
    const taken = await send(body);
    expect(taken.status).toBe(201);
    await pump(engine);
    const total = MAX_BODY_BYTES - EMPTY.length;
    expect(await see(taken.body.id)).toMatchObject({ status: "succeeded", output: total });
  });

  it("and a byte is refused, with the limit in words; so is one field that holds too much of it", async () => {
    const { send } = await sender();
    const message = async (body: string) => {
      const { status, body: answer } = await send(body);
      expect(status).toBe(400);
      return answer.error?.message;
    };
    expect(await message(bodyOf(MAX_BODY_BYTES + 1))).toBe("The body may have at most 1000000 bytes.");
    const long = JSON.stringify({ input: { a: "x".repeat(VALUE_MAX + 1) } });
    expect(await message(long)).toContain("input.a: must have at most 100000 characters");
  });
});

describe("an answer of a megabyte", () => {
  const asking = (bytes: number) => [
    { id: "big", type: "http", request: { url: `${target.url}/bytes/${bytes}` }, retries: 0, next: "length" },
    { id: "length", type: "transform", expression: "$length(steps.big.output.body)" },
  ];

  it("is kept up to the last byte, and read by the next step", async () => {
    const { as, workflowId, see } = await published(asking(MAX_ANSWER_BYTES));
    const { runId } = await startRun(as.operator, { workflowId, input: { order: "7" } });
    await pump(engine);
    // Its quotes are no part of the text.
    expect(await see(runId)).toMatchObject({ status: "succeeded", output: MAX_ANSWER_BYTES - 2 });
  });

  it("and a byte fails its step, with the limit in words", async () => {
    const { as, workflowId, see } = await published(asking(MAX_ANSWER_BYTES + 1));
    const { runId } = await startRun(as.operator, { workflowId, input: { order: "7" } });
    await pump(engine);
    expect(await see(runId)).toMatchObject({
      ...{ status: "failed", failure: { code: "too-large" } },
      steps: [{ failure: { message: "The answer is larger than 1000000 bytes." } }],
    });
  });
});

describe("a wait of 30 days", () => {
  const DAY_MS = 86_400_000;

  // Thirty nights of every job there is.
  it("outlasts every night's deletions, and ends on its day", { timeout: 300_000 }, async () => {
    const { as, workflowId, see } = await published([
      { id: "pause", type: "wait", seconds: MAX_WAIT_SECONDS, next: "after" },
      { id: "after", type: "transform", expression: '"at last"' },
    ]);
    const { runId } = await startRun(as.operator, { workflowId, input: { order: "7" } });
    await pump(engine);
    const days = (MAX_WAIT_SECONDS * 1_000) / DAY_MS;
    for (let day = 1; day < days; day += 1) {
      engine.clock.shiftMs += DAY_MS;
      await pump(engine);
      await purgeEngine({ database: db.database, clockShiftMs: engine.clock.shiftMs });
    }
    expect(await see(runId)).toMatchObject({ status: "running", steps: [{ status: "running" }] });
    engine.clock.shiftMs += DAY_MS;
    await pump(engine);
    const run = await see(runId);
    expect(run).toMatchObject({ status: "succeeded", output: "at last" });
    const [pause] = run.steps;
    expect(Date.parse(pause?.endedAt ?? "") - Date.parse(pause?.startedAt ?? "")).toBe(MAX_WAIT_SECONDS * 1_000);
  });
});

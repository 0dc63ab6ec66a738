import { beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { createFunctions } from "@/jobs";
import { bootEngine, type Engine, pump } from "@/jobs/engine";
import { endAdapter, rotateAdapterSecret } from "@/server/adapters";
import { entitle, makeAdapter, moveTo, verifies } from "@/server/adapters/testing/adapter-world";
import { systemClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { parseEnv, env as processEnv } from "@/server/platform/env";
import { createLogger } from "@/server/platform/log";
import { conductRun, getRun, startRun } from "@/server/runs";
import { planlessTenantWith } from "@/server/testing/actors";
import { useEchoTarget } from "@/server/testing/echo-target";
import { executionContext } from "@/server/testing/execution-context";
import { useHttpTarget } from "@/server/testing/http-target";
import { makePublished } from "@/server/testing/workflows";

const db = useTestDatabase();
const target = useHttpTarget();
const echo = useEchoTarget();
let engine: Engine;

beforeEach(async () => {
  const client = createEmbeddedClient(createLogger("silent"));
  const { CONDUCTOR_SECRET } = processEnv();
  const env = parseEnv({ CONDUCTOR_SECRET, EGRESS_ALLOW: `${target.host},${echo.host}` });
  const functions = createFunctions({ client, database: db.database, clock: systemClock, newId, env });
  engine = await bootEngine({ database: db.database, client, functions, clock: { shiftMs: 0 }, random: () => 0 });
});

const ASK = { id: "ask", type: "adapter", adapter: "price", input: { order: "{{ input.order }}" } };
const DECLARED = { input: { order: { type: "string" }, currency: { type: "string", default: "EUR" } } };

async function setUp(address = `${target.url}/price`, steps: Record<string, unknown>[] = [ASK]) {
  const { as } = await planlessTenantWith(db.database, [
    "tenant_admin",
    "workflow_author",
    "workflow_reviewer",
    "operator",
  ]);
  await entitle(as.tenant_admin);
  const made = await makeAdapter(as.tenant_admin, address, DECLARED);
  const { workflowId } = await makePublished(as, { steps });
  const begin = async (order = "7") => (await startRun(as.operator, { workflowId, input: { order } })).runId;
  const see = (runId: string) => getRun(as.operator, { runId });
  const run = async (order?: string) => {
    const runId = await begin(order);
    await pump(engine);
    return see(runId);
  };
  return { as, ...made, begin, see, run };
}

const last = () => must(target.messages.at(-1), "the target got a message");

describe("a call of an adapter", () => {
  it("is a signed POST of the input, and its JSON answer the output", async () => {
    const { secret, run } = await setUp();
    const seen = await run();
    expect(seen).toMatchObject({
      ...{ status: "succeeded", output: { path: "/price" } },
      steps: [{ input: { adapter: "price", input: { order: "7", currency: "EUR" } } }],
    });
    expect(target.hits.at(-1)).toBe("POST /price");
    expect(JSON.parse(last().body)).toEqual({ order: "7", currency: "EUR" });
    expect(last().headers).toMatchObject({ "webhook-id": `${seen.id}:ask`, "content-type": "application/json" });
    expect(Math.abs(Number(last().headers["webhook-timestamp"]) - Date.now() / 1_000)).toBeLessThan(60);
    expect(await verifies(secret, last())).toBe(true);
    expect(await verifies(secret, { ...last(), body: `${last().body} ` })).toBe(false);
    expect(await verifies(`whsec_${"A".repeat(43)}=`, last())).toBe(false);
  });

  it("is signed with both secrets while a rotation's grace lasts, and with the new one alone after", async () => {
    const { as, adapterId, secret, run } = await setUp();
    const second = await rotateAdapterSecret(as.tenant_admin, { adapterId, graceHours: 1 });
    await run();
    expect(String(last().headers["webhook-signature"]).split(" ")).toHaveLength(2);
    expect([await verifies(second.secret, last(), 0), await verifies(secret, last(), 1)]).toEqual([true, true]);
    const third = await rotateAdapterSecret(as.tenant_admin, { adapterId, graceHours: 0 });
    await run();
    expect(String(last().headers["webhook-signature"]).split(" ")).toHaveLength(1);
    expect([await verifies(third.secret, last()), await verifies(second.secret, last())]).toEqual([true, false]);
  });

  it("is tried again when the adapter is busy, as the same message", async () => {
    const { begin, see } = await setUp();
    const before = target.messages.length;
    target.nextStatuses.push(503, 429, 200);
    const runId = await begin();
    for (let tried = 0; tried < 3; tried += 1) {
      await pump(engine);
      engine.clock.shiftMs += 60_000;
    }
    await pump(engine);
    expect(await see(runId)).toMatchObject({ status: "succeeded", steps: [{ attempt: 3 }] });
    const ids = target.messages.slice(before).map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual([`${runId}:ask`, `${runId}:ask`, `${runId}:ask`]);
  });

  it("is the same message however often a crash repeats it", async () => {
    const { as, begin, see } = await setUp();
    const before = target.messages.length;
    const runId = await begin();
    // A process that never hears the answer, and two that take the run up after it.
    const context = executionContext(as.operator, [target.host]);
    const held = target.delayNext();
    const dead = conductRun(context, runId)(0);
    await held.arrived;
    const heldToo = target.delayNext();
    const deadToo = conductRun(context, runId)(0);
    await heldToo.arrived;
    await conductRun(context, runId)(0);
    held.answer();
    heldToo.answer();
    await Promise.all([dead, deadToo]);
    expect(await see(runId)).toMatchObject({ status: "succeeded" });
    const ids = target.messages.slice(before).map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual([`${runId}:ask`, `${runId}:ask`, `${runId}:ask`]);
  });

  it("fails for a status that no repeat would change", async () => {
    const { run } = await setUp();
    target.nextStatuses.push(422);
    const failure = { code: "unexpected-status", message: "Step ask: The adapter price answered 422." };
    expect(await run()).toMatchObject({ status: "failed", failure, steps: [{ attempt: 1 }] });
  });

  it("fails for an answer that is no JSON, and one that is too large", async () => {
    const plain = await setUp(`${echo.url}/plain`);
    expect(await plain.run()).toMatchObject({ status: "failed", failure: { code: "not-json" } });
    const large = await setUp(`${target.url}/bytes/1000001`);
    expect(await large.run()).toMatchObject({ status: "failed", failure: { code: "too-large" } });
  });

  it("follows no redirect to another host, nor reaches what this deployment does not allow", async () => {
    const elsewhere = await setUp(`${echo.url}/elsewhere?to=${encodeURIComponent(`${target.url}/stolen`)}`);
    const before = target.hits.length;
    expect(await elsewhere.run()).toMatchObject({ status: "failed", failure: { code: "forbidden-redirect" } });
    expect(target.hits).toHaveLength(before);
    const closed = await setUp("http://127.0.0.1:9/");
    expect(await closed.run()).toMatchObject({ status: "failed", failure: { code: "forbidden-address" } });
  });

  it("is not made with input that the adapter does not take", async () => {
    const { run } = await setUp(undefined, [{ ...ASK, input: { order: 7, more: true } }]);
    const before = target.hits.length;
    const seen = await run();
    expect(seen).toMatchObject({ status: "failed", failure: { code: "input" } });
    expect(seen.failure?.message).toContain("the adapter declares no input more");
    expect(target.hits).toHaveLength(before);
  });

  it("leaves the signing secret nowhere, though the adapter tells it", async () => {
    const steps = [
      { ...ASK, next: "tell" },
      { id: "tell", type: "http", request: { method: "POST", url: `${echo.url}/`, body: "nothing" } },
    ];
    const { secret, begin, see } = await setUp(`${echo.url}/`, steps);
    const bare = secret.slice("whsec_".length);
    // Whoever runs the adapter knows its secret: here it comes with the order, and back in every form.
    const runId = await begin(secret);
    await pump(engine);
    const seen = await see(runId);
    expect(seen).toMatchObject({ status: "succeeded" });
    const { input: _input, ...made } = seen;
    const text = JSON.stringify(made);
    for (const form of [secret, bare, Buffer.from(bare).toString("base64").slice(4, -4), encodeURIComponent(bare)])
      expect(text).not.toContain(form);
    expect(text).toContain("[redacted]");
  });
});

describe("a run whose tenant may not call an adapter any more", () => {
  it.each([
    ["lost the add-on", "not-entitled"],
    ["ended the adapter", "adapter-ended"],
  ])("that %s loses one step, and nothing is sent", async (how, code) => {
    const { as, adapterId, run } = await setUp();
    if (code === "not-entitled") await entitle(as.tenant_admin, "revoke");
    else await endAdapter(as.operator, { adapterId });
    const before = target.hits.length;
    expect(await run(), how).toMatchObject({ status: "failed", failure: { code }, steps: [{ attempt: 1 }] });
    expect(target.hits).toHaveLength(before);
    // The worker goes on with others.
    const other = await setUp();
    expect(await other.run()).toMatchObject({ status: "succeeded" });
  });

  it("goes on past it in a for-each that does", async () => {
    const steps = [{ id: "all", type: "for-each", items: "[1, 2]", body: "ask", on_error: "continue" }, ASK];
    const { as, run } = await setUp(undefined, steps);
    await entitle(as.tenant_admin, "revoke");
    const seen = await run();
    expect(seen).toMatchObject({ status: "succeeded" });
    expect(JSON.stringify(seen.output)).toContain("not-entitled");
  });

  it("calls its own adapter of a name that another tenant has too", async () => {
    const [mine, theirs] = [await setUp(), await setUp()];
    await moveTo(theirs.as.tenant_admin, "price", `${target.url}/theirs`);
    await mine.run();
    expect(target.hits.at(-1)).toBe("POST /price");
    expect([await verifies(mine.secret, last()), await verifies(theirs.secret, last())]).toEqual([true, false]);
  });
});

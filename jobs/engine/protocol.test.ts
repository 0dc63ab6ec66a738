import { NonRetriableError, RetryAfterError, version } from "inngest";
import { describe, expect, it } from "vitest";
import { type ServerInProcess, serverInProcess } from "@/server/platform/inngest";
import { type CallBody, type Memo, readAnswer } from "./protocol";
import { createSdk } from "./sdk";
import { hashOf, quietClient } from "./testing/workbench";

// The shapes of SDK 4.24.0 that the executor relies on, asked of the SDK itself: an upgrade that changes one fails here.
const client = quietClient();
const on = { triggers: [{ event: "a.b" }] };
const functions = [
  client.createFunction({ id: "one", ...on }, ({ step }) => step.run("a", () => ({ n: 1 }))),
  client.createFunction({ id: "two", ...on }, ({ step }) =>
    Promise.all([step.run("a", () => 1), step.run("b", () => 2)]),
  ),
  client.createFunction({ id: "fails", ...on }, ({ step }) =>
    step.run("a", () => {
      throw new Error("no");
    }),
  ),
  client.createFunction({ id: "nap", ...on }, ({ step }) => step.sleep("nap", 90_500)),
  client.createFunction({ id: "until", ...on }, ({ step }) => step.sleepUntil("until", "2026-01-02T03:04:05Z")),
  client.createFunction({ id: "wait", ...on }, ({ step }) =>
    step.waitForEvent("wait", { event: "c.d", timeout: "1h", match: "data.id" }),
  ),
  client.createFunction({ id: "throws", ...on }, () => {
    throw new Error("no");
  }),
  client.createFunction({ id: "never", ...on }, () => {
    throw new NonRetriableError("never");
  }),
  client.createFunction({ id: "later", ...on }, () => {
    throw new RetryAfterError("busy", "90s");
  }),
  client.createFunction({ id: "nothing", ...on }, () => undefined),
];
const child = client.createFunction({ id: "child", ...on }, () => null);
const parent = client.createFunction({ id: "parent", ...on }, ({ step }) =>
  step.invoke("call", { function: child, data: { n: 1 }, timeout: "1m" }),
);
const sdk = createSdk(client, [...functions, parent, child]);

interface Given {
  stepId?: string;
  name?: string;
  attempt?: number;
  forcePlan?: boolean;
  memos?: Record<string, Memo>;
  ids?: { fn_id: string; qi_id: string };
}

async function call(
  id: string,
  { stepId = "step", name = "a.b", attempt = 0, forcePlan = false, memos = {}, ids }: Given = {},
) {
  const event = { id: "e", name, data: {}, ts: 1 };
  const body: CallBody = {
    version: -1,
    event,
    events: [event],
    steps: memos,
    ctx: {
      ...ids,
      run_id: "run",
      attempt,
      max_attempts: 3,
      disable_immediate_execution: forcePlan,
      use_api: false,
      stack: { stack: Object.keys(memos), current: Object.keys(memos).length },
    },
  };
  const raw = await sdk.call(`conductor-${id}`, stepId, body);
  return { status: raw.status, headers: raw.headers, body: JSON.parse(raw.body) as unknown, answer: readAnswer(raw) };
}

describe(`the SDK, version ${version},`, () => {
  it("is the one these shapes were read from", () => {
    expect(version).toBe("4.24.0");
  });

  it("tells its configuration in the answer to an in-band sync", async () => {
    const configs = await sdk.readConfigs();
    expect(configs).toHaveLength(functions.length + 2);
    expect(configs[0]).toMatchObject({ id: "conductor-one", triggers: [{ event: "a.b" }], steps: { step: {} } });
  });

  it("runs a single new step at once, asks for version 2, and ends with 200", async () => {
    const ran = await call("one");
    expect(ran).toMatchObject({ status: 206, body: [{ op: "StepRun", id: hashOf("a"), data: { n: 1 } }] });
    expect(ran.headers["x-inngest-req-version"]).toBe("2");
    const memos: Record<string, Memo> = { [hashOf("a")]: { type: "data", data: { n: 1 } } };
    expect(await call("one", { memos })).toMatchObject({ status: 200, body: { n: 1 } });
    expect(await call("nothing")).toMatchObject({ status: 200, body: null });
  });

  it("only plans when told to, or when there are several", async () => {
    expect(await call("one", { forcePlan: true })).toMatchObject({ body: [{ op: "StepPlanned", id: hashOf("a") }] });
    expect(await call("two")).toMatchObject({
      body: [
        { op: "StepPlanned", id: hashOf("a") },
        { op: "StepPlanned", id: hashOf("b") },
      ],
    });
    expect(await call("two", { stepId: hashOf("b") })).toMatchObject({ body: [{ op: "StepRun", data: 2 }] });
  });

  it("reports an operation again while it has no memo", async () => {
    const memos: Record<string, Memo> = { [hashOf("a")]: { type: "data", data: 1 } };
    expect(await call("two", { memos, forcePlan: true })).toMatchObject({
      body: [{ op: "StepPlanned", id: hashOf("b") }],
    });
  });

  it("reports a step's error as StepError, at the last attempt as StepFailed", async () => {
    expect(await call("fails")).toMatchObject({ status: 206, body: [{ op: "StepError", error: { message: "no" } }] });
    expect(await call("fails", { attempt: 2 })).toMatchObject({ body: [{ op: "StepFailed" }] });
  });

  it("puts a sleep's length, or its end, into the operation's name", async () => {
    expect(await call("nap")).toMatchObject({ body: [{ op: "Sleep", name: "1m30s" }] });
    expect(await call("until")).toMatchObject({ body: [{ op: "Sleep", name: "2026-01-02T03:04:05.000Z" }] });
  });

  it("puts the awaited event into the operation's name, and match into an expression", async () => {
    const opts = { timeout: "1h", if: "event.data.id == async.data.id" };
    expect(await call("wait")).toMatchObject({ body: [{ op: "WaitForEvent", name: "c.d", opts }] });
  });

  it("names the function to invoke with its data and time limit", async () => {
    const opts = { function_id: "conductor-child", payload: { data: { n: 1 } }, timeout: "1m" };
    expect(await call("parent")).toMatchObject({ body: [{ op: "InvokeFunction", opts }] });
  });

  it("answers 500 to an error that may pass, 400 to one that will not", async () => {
    expect((await call("throws")).answer).toMatchObject({ kind: "threw", isRetriable: true, error: { message: "no" } });
    expect(await call("throws")).toMatchObject({ status: 500, headers: { "x-inngest-no-retry": "false" } });
    expect(await call("throws", { attempt: 2 })).toMatchObject({ status: 400 });
    expect(await call("never")).toMatchObject({ status: 400, headers: { "x-inngest-no-retry": "true" } });
    expect(await call("later")).toMatchObject({ status: 500, headers: { "retry-after": "90" } });
  });

  it("keeps each step by a request of its own when it is told whose call it is, and ends with RunComplete", async () => {
    const kept: { path: string; body: unknown }[] = [];
    const server: ServerInProcess = async (url, init) => {
      kept.push({ path: url.pathname, body: JSON.parse(init.body as string) });
      return new Response("{}", { status: 200 });
    };
    const ids = { fn_id: "conductor-one", qi_id: "lease" };
    const answer = await serverInProcess.run(server, () => call("one", { ids }));
    expect(kept).toMatchObject([
      {
        path: "/v1/checkpoint/run/async",
        body: { run_id: "run", ...ids, steps: [{ op: "StepRun", id: hashOf("a"), data: { n: 1 } }] },
      },
    ]);
    expect(answer).toMatchObject({ status: 206, body: [{ op: "RunComplete", data: { n: 1 } }] });
  });

  it("stops without a retry when a kept step is refused with 409", async () => {
    const server: ServerInProcess = async () => new Response("{}", { status: 409 });
    const ids = { fn_id: "conductor-one", qi_id: "lease" };
    const answer = await serverInProcess.run(server, () => call("one", { ids }));
    expect(answer).toMatchObject({ status: 400, body: { name: "StaleDispatchError" } });
  });

  it("refuses an event that is not among the function's triggers, schedules and invocations apart", async () => {
    expect(await call("one", { name: "x.y" })).toMatchObject({ status: 400 });
    expect(await call("one", { name: "inngest/function.invoked" })).toMatchObject({ status: 206 });
  });
});

describe("readAnswer", () => {
  it("takes an operation it does not know for unsupported, never for nothing", () => {
    const raw = { status: 206, headers: {}, body: JSON.stringify([{ op: "Gateway", id: "x" }]) };
    expect(readAnswer(raw)).toMatchObject({ kind: "unsupported", what: expect.stringContaining("Gateway") as string });
    expect(readAnswer({ ...raw, body: "[]" })).toMatchObject({ kind: "unsupported" });
  });

  it("throws on a status that the protocol does not have", () => {
    expect(() => readAnswer({ status: 201, headers: {}, body: "{}" })).toThrow("status 201");
  });
});

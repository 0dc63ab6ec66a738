import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Executor } from "@/e2e/sandbox/inngest/executor";
import { type InngestServer, startInngestServer } from "@/e2e/sandbox/inngest/server";
import { bearerOf, signatureOf } from "@/e2e/sandbox/inngest/signing";
import { must } from "@/server/kernel/errors";

// What the proof over both engines rests on: a server that believes nothing that is not signed, and counts nothing twice.
const signingKey = `signkey-test-${"5c".repeat(32)}`;
const say = { headers: {} as Record<string, string> };
const liar = createServer((_, response) => {
  response.writeHead(200, say.headers).end("{}");
});
const current: { server?: InngestServer; endpoint: string } = { endpoint: "" };

beforeAll(async () => {
  await new Promise<void>((resolve) => liar.listen(0, "127.0.0.1", resolve));
  current.endpoint = `http://127.0.0.1:${(liar.address() as AddressInfo).port}/api/inngest`;
  current.server = await startInngestServer({ signingKey, eventKey: "the-key" });
});
afterAll(async () => {
  await current.server?.stop();
  await new Promise((resolve) => liar.close(resolve));
});
const server = () => must(current.server, "is started");

describe("the recorded server", () => {
  it.each([
    ["unsigned", () => ({}), "it is not signed"],
    [
      "signed by another key",
      () => ({ "x-inngest-signature": signatureOf({}, `signkey-test-${"00".repeat(32)}`, Date.now()) }),
      "another key",
    ],
    [
      "signed for another text",
      () => ({ "x-inngest-signature": signatureOf({ a: 1 }, signingKey, Date.now()) }),
      "another key",
    ],
    [
      "signed ten minutes ago",
      () => ({ "x-inngest-signature": signatureOf({}, signingKey, Date.now() - 600_000) }),
      "not of now",
    ],
  ])("does not trust an answer that is %s", async (_, headers, why) => {
    say.headers = headers();
    await expect(server().sync(current.endpoint, "in_band")).rejects.toThrow(why);
  });

  it("takes events with its event key only, and the rest with the signing key's hash only", async () => {
    const post = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${server().url}${path}`, { method: "POST", body: "[]", headers }).then(({ status }) => status);
    expect(await post("/e/the-key")).toBe(200);
    expect(await post("/e/another-key")).toBe(401);
    expect(await post("/v1/checkpoint/run/async")).toBe(401);
    expect(await post("/v1/signals", { authorization: bearerOf(signingKey) })).toBe(404);
  });
});

describe("its executor", () => {
  const trigger = { id: "e", name: "a.b", data: { n: 1 }, ts: 1 };
  const started = () => {
    const executor = new Executor();
    executor.functions.set("f", {
      id: "f",
      triggers: [{ event: "a.b", expression: "event.data.n == 1" }],
      steps: { step: { retries: { attempts: 1 } } },
      cancel: [{ event: "c.d", if: "event.data.n == async.data.n" }],
    });
    executor.take(trigger);
    return { executor, call: must(executor.calls.shift(), "an event starts its function") };
  };

  it("starts a function once per event, and not for one that it does not mean", () => {
    const { executor } = started();
    executor.take(trigger);
    executor.take({ ...trigger, id: "other", data: { n: 2 } });
    expect(executor.calls).toHaveLength(0);
  });

  it("keeps a memo once, and one sleep however often it is told of it", () => {
    const { executor, call } = started();
    const sleep = { op: "Sleep" as const, id: "s", name: "1m30s" };
    executor.apply(call, { kind: "ops", ops: [sleep] });
    executor.apply(call, { kind: "ops", ops: [sleep] });
    executor.pass(89_000);
    expect(executor.calls).toHaveLength(0);
    executor.pass(1_000);
    expect(executor.calls).toHaveLength(1);
    executor.apply(call, { kind: "ops", ops: [{ op: "StepRun", id: "s", data: "later" }] });
    expect(call.run.memos.get("s")).toEqual({ type: "data", data: null });
  });

  it("tries again as often as the function says, then fails and says so", () => {
    const { executor, call } = started();
    const error = { name: "Error", message: "no" };
    executor.apply(call, { kind: "threw", error, isRetriable: true });
    executor.pass(15_000);
    const again = must(executor.calls.shift(), "it is tried again");
    expect(again.attempt).toBe(1);
    executor.apply(again, { kind: "threw", error, isRetriable: true });
    expect(again.run.status).toBe("failed");
  });

  it("ends a wait with the event that is meant, and cancels by one that is", () => {
    const { executor, call } = started();
    const opts = { timeout: "1h", if: "event.data.n == async.data.n" };
    executor.apply(call, { kind: "ops", ops: [{ op: "WaitForEvent", id: "w", name: "x.y", opts }] });
    executor.take({ id: "e1", name: "x.y", data: { n: 2 }, ts: 1 });
    expect(executor.calls).toHaveLength(0);
    executor.take({ id: "e2", name: "x.y", data: { n: 1 }, ts: 1 });
    expect(executor.calls).toHaveLength(1);
    executor.take({ id: "e3", name: "c.d", data: { n: 1 }, ts: 1 });
    expect(call.run.status).toBe("cancelled");
  });
});

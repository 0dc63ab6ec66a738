import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { egressPolicy } from "@/server/platform/egress-policy";
import { unavailable } from "@/server/kernel/errors";
import { secretKeysOf } from "@/server/secrets";
import { stepSchema, successors } from "@/server/workflows/domain/step";
import type { ArtefactFile } from "../artefacts";
import { act } from "./act";
import { computeSteps } from "./compute-steps";
import type { ExecutionContext } from "./context";

interface Hit {
  method: string | undefined;
  url: string | undefined;
  key: string | undefined;
  contentType: string | undefined;
  body: string;
}

const hits: Hit[] = [];
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { method, url, headers } = request;
      hits.push({ method, url, key: headers["idempotency-key"] as string, contentType: headers["content-type"], body });
      const status = Number(/status\/(\d+)/.exec(url ?? "")?.[1] ?? 200);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ ok: status < 400 }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const scope = { input: { id: "a/b c", list: [3, 1, 2] }, steps: { fetch: { output: { status: 200, count: 2 } } } };
const mails: unknown[] = [];
const files: ArtefactFile[] = [];

function perform(step: Record<string, unknown>, over: Partial<ExecutionContext> = {}) {
  const ctx = {
    // These acts touch no database; one that did would fail here.
    database: undefined as never,
    tenantId: newId("tenant"),
    clock: fixedClock(new Date("2026-01-01T00:00:00Z")),
    newId,
    requestId: "req",
    egress: egressPolicy([new URL(base).host]),
    secretKeys: secretKeysOf({ CONDUCTOR_SECRET: "x".repeat(40) }),
    keepFile: async (file: ArtefactFile) => void files.push(file),
    sendMail: async (mail: unknown) => void mails.push(mail),
    ...over,
  };
  const secrets = { environment: "dev" as const, names: [], adapters: [], since: new Date(0) };
  return act(ctx, { step: stepSchema.parse({ id: "s", ...step }), scope, idempotencyKey: "run:s", secrets });
}

/** What a step that only computes comes to; those it leads to wait for something, so that it is alone. */
async function compute(step: Record<string, unknown>) {
  const first = stepSchema.parse({ id: "s", ...step });
  const waiting = successors(first).map((id) => stepSchema.parse({ id, type: "wait", seconds: 1 }));
  const stepsById = new Map([first, ...waiting].map((each) => [each.id, each]));
  const computed = await computeSteps(first, {
    stepsById,
    scope,
    at: new Date("2026-01-01T00:00:00Z"),
    asker: { tenantId: "one" },
  });
  expect(computed).toHaveLength(1);
  return computed[0]?.result;
}

describe("an http step", () => {
  it("fills its request, carries the idempotency key and keeps the parsed answer", async () => {
    const request = { method: "POST", url: `${base}/items/{{ input.id }}`, body: { all: "{{ input.list }}" } };
    const result = await perform({ type: "http", request });
    expect(result).toMatchObject({ ok: true, output: { status: 200, body: { ok: true } } });
    expect(hits.at(-1)).toEqual({
      method: "POST",
      url: "/items/a%2Fb%20c",
      key: "run:s",
      contentType: "application/json",
      body: '{"all":[3,1,2]}',
    });
  });

  it.each([
    [404, false],
    [503, true],
    [429, true],
  ])("fails on status %i and says whether a retry may help", async (status, isRetriable) => {
    const result = await perform({ type: "http", request: { url: `${base}/status/${status}` } });
    expect(result).toMatchObject({ ok: false, failure: { code: "unexpected-status" }, isRetriable });
  });

  it("accepts the statuses it expects and no other", async () => {
    const step = { type: "http", request: { url: `${base}/status/404` }, expected_status: [404] };
    expect(await perform(step)).toMatchObject({ ok: true, output: { status: 404 } });
  });

  it("fails without a call when the target is closed or the template has no value", async () => {
    const before = hits.length;
    const step = { type: "http", request: { url: `${base}/` } };
    const closed = await perform(step, { egress: egressPolicy([]) });
    expect(closed).toMatchObject({ ok: false, failure: { code: "forbidden-address" }, isRetriable: false });
    const missing = await perform({ type: "http", request: { url: `${base}/{{ input.nope }}` } });
    expect(missing).toMatchObject({ ok: false, failure: { code: "template" } });
    expect(hits).toHaveLength(before);
  });
});

describe("a transform step", () => {
  it("fails on a result that is nested too deeply to be kept", async () => {
    const expression = "($nest := function($n, $v) { $n = 0 ? $v : $nest($n - 1, {'a': $v}) }; $nest(150, 1))";
    const result = await compute({ type: "transform", expression });
    expect(result).toMatchObject({
      ok: false,
      failure: { code: "expression", message: expect.stringContaining("nested") as string },
    });
  });

  it("evaluates JSONata over input and earlier outputs", async () => {
    const result = await compute({
      type: "transform",
      expression: "{ 'sum': $sum(input.list), 'n': steps.fetch.output.count }",
    });
    expect(result).toMatchObject({ ok: true, output: { sum: 6, n: 2 } });
  });

  it.each([
    ["an endless loop", "($f := function($n) { $f($n + 1) }; $f(0))"],
    ["a backtracking regular expression", `$match("${"a".repeat(40)}!", /(a+)+$/)`],
    ["a result too large", "$join([1..9999999].$string())"],
  ])("ends %s and fails the step", async (_what, expression) => {
    const result = await compute({ type: "transform", expression });
    expect(result).toMatchObject({ ok: false, isRetriable: false });
  });

  it.each(["$eval('1')", "input.constructor.constructor('return process')()", "$lookup($, '__proto__').polluted"])(
    "cannot reach the host with %s",
    async (expression) => {
      const result = await compute({ type: "transform", expression });
      expect(JSON.stringify(result)).not.toContain("versions");
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );
});

describe("a branch step", () => {
  const branch = (...cases: [string, string][]) => ({
    type: "branch",
    cases: cases.map(([when, next]) => ({ when, next })),
    otherwise: "other",
  });

  it.each<[string, [string, string][], string]>([
    [
      "takes the first case that holds",
      [
        ["input.list.size() > 5", "a"],
        ["steps.fetch.output.count == 2", "b"],
      ],
      "b",
    ],
    ["compares whole numbers as such", [["steps.fetch.output.count % 2 == 0", "even"]], "even"],
    ["reads a missing key as not holding", [["input.nope == 1", "a"]], "other"],
  ])("%s", async (_title, cases, next) => {
    expect(await compute(branch(...cases))).toMatchObject({ ok: true, output: { next } });
  });

  it("ends a backtracking regular expression and fails the step, while this process goes on", async () => {
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 5);
    const result = await compute(branch([`"${"a".repeat(40)}!".matches("^(a+)+$")`, "a"]));
    clearInterval(ticking);
    expect(result).toMatchObject({ ok: false, failure: { code: "expression-timeout" }, isRetriable: false });
    expect(turns).toBeGreaterThan(3);
  });
});

describe("a notify step", () => {
  const step = {
    type: "notify",
    to: "ops@example.test",
    subject: "Order {{ input.id }}",
    text: "n={{ steps.fetch.output.count }}",
  };

  it("sends a filled mail with a one-line subject", async () => {
    expect(await perform(step)).toMatchObject({ ok: true, output: { sent: true } });
    expect(mails.at(-1)).toEqual({ to: "ops@example.test", subject: "Order a/b c", text: "n=2" });
  });

  it("may be tried again while the mail server is away", async () => {
    const sendMail = () => Promise.reject(unavailable("The mail server is away."));
    expect(await perform(step, { sendMail })).toMatchObject({
      ok: false,
      isRetriable: true,
      failure: { code: "mail" },
    });
  });
});

describe("an evidence step", () => {
  const step = { type: "evidence", file: "order {{ input.id }}.json", content: { found: "{{ steps.fetch.output }}" } };

  it("keeps a filled file under its digest, by a name that is no path", async () => {
    const result = await perform(step);
    const text = `${JSON.stringify({ found: { status: 200, count: 2 } }, null, 2)}\n`;
    const sha256 = createHash("sha256").update(text).digest("hex");
    const about = { file: "order a_b c.json", mediaType: "application/json", bytes: text.length, sha256 };
    expect(result).toMatchObject({ ok: true, output: about });
    expect(files.at(-1)).toEqual({ sha256, content: Buffer.from(text) });
  });

  it("keeps a text as it is", async () => {
    await perform({ ...step, media_type: "text/csv", content: "id\n{{ input.id }}\n" });
    expect(String(files.at(-1)?.content)).toBe("id\na/b c\n");
  });

  it("may be tried again while the store is away, and not when the file is too large", async () => {
    const keepFile = () => Promise.reject(unavailable("The store is away."));
    expect(await perform(step, { keepFile })).toMatchObject({
      ok: false,
      isRetriable: true,
      failure: { code: "store" },
    });
    const large = { ...step, media_type: "text/plain", content: `${"x".repeat(999_999)}{{ input.id }}` };
    expect(await perform(large)).toMatchObject({ ok: false, isRetriable: false });
  });
});

import type { Deployment } from "../fixtures/deployment";
import { residentMb } from "../fixtures/memory";
import { definition, fresh, publish, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

interface RunStep {
  stepId: string;
  status: string;
  input: { headers?: Record<string, string> } | null;
  output: unknown;
  failure: { code: string; message: string } | null;
  startedAt: string;
  endedAt: string | null;
}
interface Run {
  status: string;
  failure: { code: string; message: string } | null;
  steps: RunStep[];
}

const FINAL = /^(succeeded|failed|cancelled|killed)$/;

/** Publishes these steps and starts a run of them. */
async function start(side: TenantSide, steps: unknown[], input: Record<string, unknown> = {}): Promise<string> {
  const declared = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, { type: typeof value }]));
  const { workflowId } = await publish(side, { name: fresh("Run"), input: declared, steps });
  return (await side.operator.ask<{ runId: string }>("runs.start", { workflowId, input })).runId;
}

async function finished(side: TenantSide, runId: string, timeout = 20_000): Promise<Run> {
  const get = () => side.operator.ask<Run>("runs.get", { runId });
  await expect.poll(async () => (await get()).status, { timeout, intervals: [100, 200, 400] }).toMatch(FINAL);
  return get();
}

const perform = async (side: TenantSide, steps: unknown[], input: Record<string, unknown> = {}) =>
  finished(side, await start(side, steps, input));

const http = (url: string, request: Record<string, unknown> = {}, step: Record<string, unknown> = {}) => ({
  ...{ id: "call", type: "http", retries: 0, timeout_seconds: 3 },
  ...step,
  request: { url, ...request },
});
const redirect = ({ target }: Pick<Deployment, "target">, status: number, to: string) =>
  `${target.url}/redirect/${status}?to=${encodeURIComponent(to)}`;

test("41 a redirect is checked at every hop, and leaves credentials behind", async ({ deployment, sides: { a } }) => {
  const { target, elsewhere, canary } = deployment;
  const closed = await Promise.all(
    [301, 302, 303, 307, 308].map((status) => perform(a, [http(redirect(deployment, status, `${canary.url}/secret`))])),
  );
  for (const run of closed) expect(run).toMatchObject({ status: "failed", failure: { code: "forbidden-address" } });
  const twoHops = redirect(deployment, 302, redirect(deployment, 302, `${canary.url}/secret`));
  expect(await perform(a, [http(twoHops)])).toMatchObject({ failure: { code: "forbidden-address" } });
  expect(await perform(a, [http(redirect(deployment, 302, "loop"))])).toMatchObject({
    failure: { code: "too-many-redirects" },
  });
  for (const to of [
    "file:///etc/passwd",
    `http://u:p@${target.host}/`,
    "gopher://127.0.0.1/",
    "http://[::ffff:127.0.0.1]/",
  ])
    expect((await perform(a, [http(redirect(deployment, 302, to))])).failure?.code, to).toMatch(/^forbidden-/);
  expect(canary.hits).toEqual([]);

  const headers = { authorization: "Bearer canary-credential", cookie: "s=canary-credential", "x-note": "kept" };
  const moved = await perform(a, [http(redirect(deployment, 307, `${elsewhere.url}/moved`), { headers })]);
  expect(moved.status).toBe("succeeded");
  const hit = elsewhere.hits.find(({ url }) => url === "/moved");
  expect(hit?.headers).toMatchObject({ "x-note": "kept" });
  expect(JSON.stringify(hit?.headers)).not.toContain("canary-credential");
});

test("41 a closed address is refused under every spelling", async ({ deployment, sides: { a } }) => {
  const port = new URL(deployment.canary.url).port;
  const hosts = [
    "127.0.0.1",
    "localhost",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "[::1]",
    "[::ffff:7f00:1]",
    "0.0.0.0",
  ];
  const runs = await Promise.all(hosts.map((host) => perform(a, [http(`http://${host}:${port}/`)])));
  for (const [index, run] of runs.entries()) expect(run.failure?.code, hosts[index]).toBe("forbidden-address");
  expect(await perform(a, [http("http://169.254.169.254/latest/meta-data/")])).toMatchObject({
    failure: { code: "forbidden-address" },
  });
  expect(deployment.canary.hits).toEqual([]);
});

test("42 a request that could reach or frame something else is not stored", async ({ deployment, sides: { a } }) => {
  const { url, host } = deployment.target;
  const requests: Record<string, unknown>[] = [
    ...["file:///etc/passwd", "gopher://127.0.0.1:6379/_x", "ftp://example.test/", "data:text/plain,x"].map((bad) => ({
      url: bad,
    })),
    ...[
      `http://user:pass@${host}/`,
      `http://user@${host}/`,
      "//example.test/",
      "/path",
      "http://",
      "javascript:alert(1)",
    ].map((bad) => ({ url: bad })),
    ...[
      "http://{{ input.host }}/",
      "{{ input.url }}",
      `http://a{{ input.x }}@${host}/`,
      `http://${host}\\@evil.test/`,
    ].map((bad) => ({ url: bad })),
    ...[`${url}/a b`, `${url}/a\r\nx-evil: 1`, `${url}/\u0000`].map((bad) => ({ url: bad })),
    ...["Host", "host", "Transfer-Encoding", "Content-Length", "Connection", "Upgrade", "TE", "Trailer", "Expect"].map(
      (name) => ({ url, headers: { [name]: "x" } }),
    ),
    ...["x evil", "x\r\nevil", "x:evil", "", "x\u0000"].map((name) => ({ url, headers: { [name]: "x" } })),
    ...["a\r\nx-evil: 1", "a\nb", "a\u0000b"].map((value) => ({ url, headers: { "x-note": value } })),
    { url, method: "CONNECT" },
    { url, method: "GET / HTTP/1.1\r\nx: y" },
  ];
  for (const request of requests) {
    const slug = fresh("ssrf");
    const steps = [{ id: "call", type: "http", request }];
    const input = { host: { type: "string" }, url: { type: "string" }, x: { type: "string" } };
    const answer = await a.author.attempt("workflows.check", { definition: definition({ input, steps }) });
    expect((answer.value as { issues: unknown[] }).issues, JSON.stringify(request)).not.toEqual([]);
    const stored = request === requests[0] || request === requests.at(-1);
    if (stored)
      expect(await a.author.attempt("workflows.create", { slug, definition: definition({ steps }) })).toMatchObject({
        status: 400,
      });
  }
});

test("42 what a run fills in stays in its place", async ({ deployment, sides: { a } }) => {
  const { target } = deployment;
  const marker = fresh("fill");
  const input = { evil: `../../x?${marker}#\r\nx-evil: 1\r\nhost: evil.test@evil.test/` };
  const request = {
    ...{ method: "POST", headers: { "x-note": "a {{ input.evil }}" } },
    body: { text: "{{ input.evil }}", more: 'x","admin":"{{ input.evil }}' },
  };
  const run = await perform(a, [http(`${target.url}/items/{{ input.evil }}`, request)], input);
  expect(run.status).toBe("succeeded");
  const hit = target.hits.find(({ url }) => url.includes(marker));
  expect(hit?.url).toBe(`/items/${encodeURIComponent(input.evil)}`);
  expect(hit?.headers).toMatchObject({ host: target.host });
  expect(hit?.headers).not.toHaveProperty("x-evil");
  expect(JSON.parse(hit?.body ?? "")).toEqual({ text: input.evil, more: `x","admin":"${input.evil}` });
});

test("43 a hostile answer fails its step and costs nobody else anything", async ({ deployment, sides: { a, b } }) => {
  const { target, pid } = deployment;
  const worker = / worker$/;
  // The first call of each kind loads what it needs.
  await perform(b, [http(`${target.url}/hostile/utf8`)]);
  const before = residentMb(pid, worker);
  const expected: [kind: string, outcome: RegExp][] = [
    ["endless", /^too-large$/],
    ["bomb", /^too-large$/],
    ["headers", /^connection$/],
    ["drip", /^timeout$/],
    ["hang", /^timeout$/],
    ["short", /^connection$/],
    ["garbage", /^connection$/],
    ["long", /^(succeeded|connection)$/],
    ["utf8", /^succeeded$/],
    ["control", /^succeeded$/],
    ["deep", /^succeeded$/],
  ];
  const hostile = await Promise.all(expected.map(([kind]) => start(a, [http(`${target.url}/hostile/${kind}`)])));
  const began = Date.now();
  const other = await perform(b, [http(`${target.url}/well`)]);
  expect(other.status).toBe("succeeded");
  expect(Date.now() - began).toBeLessThan(5_000);
  const runs = await Promise.all(hostile.map((runId) => finished(a, runId)));
  for (const [index, [kind, outcome]] of expected.entries()) {
    const run = runs[index];
    expect(run?.status === "succeeded" ? "succeeded" : run?.failure?.code, kind).toMatch(outcome);
    expect(JSON.stringify(run).length, kind).toBeLessThan(1_100_000);
  }
  if (before !== null) await expect.poll(() => (residentMb(pid, worker) ?? 0) - before).toBeLessThan(80);
});

test("43 what a hostile answer holds can be passed on", async ({ deployment, sides: { a } }) => {
  const { target } = deployment;
  const marker = fresh("passed");
  const next = { ...http(`${target.url}/${marker}/{{ steps.call.output.body }}`), id: "pass" };
  for (const kind of ["utf8", "control"]) {
    const run = await perform(a, [{ ...http(`${target.url}/hostile/${kind}`), next: "pass" }, next]);
    expect(run.status, kind).toBe("succeeded");
  }
  expect(target.hits.filter(({ url }) => url.startsWith(`/${marker}/`))).toHaveLength(2);
});

test("45 a template reads data and evaluates nothing", async ({ deployment, sides: { a } }) => {
  const issuesOf = async (text: string) => {
    const steps = [http(`${deployment.target.url}/`, { body: { text } })];
    const answer = await a.author.ask<{ issues: unknown[] }>("workflows.check", { definition: definition({ steps }) });
    return answer.issues;
  };
  for (const text of [
    "{{constructor.constructor('return process')()}}",
    "{{ input.constructor }}",
    "{{ __proto__.polluted }}",
    "{{ steps.call.output }}",
    "{{ process.env }}",
    "{{ input['x'] }}",
    "{{ 7*7 }}",
  ])
    expect(await issuesOf(text), text).not.toEqual([]);
  for (const path of ["constructor", "__proto__", "toString", "body.constructor.name"]) {
    const steps = [
      { ...http(`${deployment.target.url}/`), next: "leak" },
      {
        ...http(`${deployment.target.url}/`, { method: "POST", body: { text: `{{ steps.call.output.${path} }}` } }),
        id: "leak",
      },
    ];
    expect(await perform(a, steps), path).toMatchObject({ status: "failed", failure: { code: "template" } });
  }
});

test("45 an expression that never ends is ended, and the worker goes on meanwhile", async ({
  deployment,
  sides: { a, b },
}) => {
  const text = `${"a".repeat(40)}!`;
  const transform = (expression: string) => [{ id: "think", type: "transform", expression }];
  const branch = (when: string) => [
    { id: "think", type: "branch", cases: [{ when, next: "end" }], otherwise: "end" },
    { id: "end", type: "transform", expression: "1" },
  ];
  const attacks: [steps: unknown[], code: RegExp][] = [
    [transform("($f := function($n) { $f($n + 1) }; $f(0))"), /^expression/],
    [transform("($f := function() { $f() }; $f())"), /^expression/],
    [transform("$match(input.text, /(a+)+$/)"), /^expression-timeout$/],
    [transform("$join([1..9999999].$string())"), /^expression/],
    [transform("$eval('1')"), /^(expression(-timeout)?|succeeded)$/],
    // It finds nothing there, which is no failure in JSONata.
    [transform("input.constructor.constructor('return process')()"), /^(expression(-timeout)?|succeeded)$/],
    [branch("input.text.matches('^(a+)+$')"), /^expression-timeout$/],
    [branch("[1,2,3].all(x, input.text.matches('^(a|a)+$'))"), /^expression-timeout$/],
  ];
  const runIds = await Promise.all(attacks.map(([steps]) => start(a, steps, { text })));
  const began = Date.now();
  expect((await perform(b, [http(`${deployment.target.url}/well`)])).status).toBe("succeeded");
  expect(Date.now() - began).toBeLessThan(5_000);
  for (const [index, runId] of runIds.entries()) {
    const run = await finished(a, runId);
    const [steps, code] = attacks[index] ?? [];
    expect(run.status === "succeeded" ? "succeeded" : run.failure?.code, JSON.stringify(steps)).toMatch(
      code ?? /never/,
    );
    expect(JSON.stringify(run)).not.toMatch(/"versions"|CONDUCTOR_/);
  }
  expect((await fetch(`${deployment.url}/api/ready`)).status).toBe(200);
});

test("46 a graph without end or measure is not stored", async ({ sides: { a } }) => {
  const wait = (id: string, next?: string) => ({
    id,
    type: "wait",
    seconds: 1,
    ...(next === undefined ? {} : { next }),
  });
  const chain = (length: number) =>
    Array.from({ length }, (_, index) => wait(`s${index}`, index + 1 < length ? `s${index + 1}` : undefined));
  const fan = Array.from({ length: 1_000 }, (_, index) => ({ when: "true", next: `s${index + 1}` }));
  const graphs: [title: string, steps: unknown[]][] = [
    ["a step that follows itself", [wait("a", "a")]],
    ["a cycle of two", [wait("a", "b"), wait("b", "a")]],
    ["a cycle through a branch", [{ id: "a", type: "branch", cases: [{ when: "true", next: "b" }] }, wait("b", "a")]],
    ["a cycle behind a long chain", [...chain(500).slice(0, -1), wait("s499", "s1")]],
    ["1,001 steps", chain(1_001)],
    ["10,000 steps", chain(10_000)],
    ["1,000 ways", [{ id: "a", type: "branch", cases: fan }, ...chain(1_001).slice(1)]],
    ["two steps of one id", [wait("a", "b"), wait("b"), wait("b")]],
    ["a step that is nowhere", [wait("a", "nowhere")]],
  ];
  for (const [title, steps] of graphs) {
    const began = performance.now();
    const answer = await a.author.attempt("workflows.create", {
      slug: fresh("graph"),
      definition: definition({ steps }),
    });
    expect(answer, title).toMatchObject({ status: 400, code: "Invalid" });
    expect(performance.now() - began, title).toBeLessThan(2_000);
  }
});

test("48 one key starts one run in each tenant, however often and however quickly it is sent", async ({
  sides: { a, b },
}) => {
  const key = fresh("key");
  const input = { order: { type: "string" } };
  const keyed = async (side: TenantSide) => {
    const { workflowId } = await publish(side, { input });
    const send = (order: string) =>
      side.operator.attempt("runs.start", { workflowId, idempotencyKey: key, input: { order } });
    const answers = await Promise.all(Array.from({ length: 25 }, () => send("one")));
    const started = answers.map(({ value }) => value as { runId: string; isNew: boolean });
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
    expect(started.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await send("two")).toMatchObject({ status: 409, code: "Conflict" });
    return started[0]?.runId;
  };
  const [ofA, ofB] = await Promise.all([keyed(a), keyed(b)]);
  expect(ofA).not.toBe(ofB);
});

import { createHmac } from "node:crypto";
import { type Answer, type Caller, handedOut, nobody, signIn } from "../fixtures/caller";
import { residentMb } from "../fixtures/memory";
import { sendBytes } from "../fixtures/raw-http";
import { expect, INNGEST_KEY, test } from "../fixtures/test";

const PROTECTED = [
  "/tenants",
  "/account",
  "/t/acme/switchboard",
  "/t/acme/workflows",
  "/t/acme/members",
  "/t/acme/receipts",
  "/t/acme/api-keys",
  "/t/acme/settings",
];
const INSIDE =
  /\bat .+\(?[\w./-]+:\d+:\d+\)?|node_modules|\/tmp\/|\bselect\b.+\bfrom\b|\binsert into\b|SQLSTATE|CONDUCTOR_SECRET|postgres(ql)?:\/\//i;

test("27 no page takes a server action", async ({ deployment, sides: { a } }) => {
  const action = "40".repeat(21);
  const bodies: [type: string, body: string][] = [
    ["text/plain;charset=UTF-8", "[]"],
    [
      "multipart/form-data; boundary=x",
      '--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n["$1:__proto__:then"]\r\n--x--\r\n',
    ],
    [
      "multipart/form-data; boundary=x",
      `--x\r\ncontent-disposition: form-data; name="$ACTION_ID_${action}"\r\n\r\n\r\n--x--\r\n`,
    ],
  ];
  const before = await a.owner.ask("receipts.list");
  for (const [type, body] of bodies)
    for (const extra of [
      {},
      { origin: "https://evil.test" },
      { "x-forwarded-host": "evil.test", origin: "https://evil.test" },
    ] as Record<string, string>[])
      for (const caller of [a.owner, nobody(deployment)]) {
        const headers = { "next-action": action, "content-type": type, ...extra };
        const answer = await caller.send("/t/acme/switchboard", { method: "POST", body, headers });
        expect(answer.text).not.toMatch(INSIDE);
        if (caller !== a.owner) expect(answer.text).not.toContain(a.marker);
      }
  expect(await a.owner.ask("receipts.list")).toEqual(before);
  expect((await fetch(`${deployment.url}/api/ready`)).status).toBe(200);
});

test("30 no header of Next's own opens a protected page", async ({ deployment }) => {
  const someone = nobody(deployment);
  const repeated = (word: string) => Array<string>(6).fill(word).join(":");
  const headers: Record<string, string>[] = [
    { "x-middleware-subrequest": repeated("proxy") },
    { "x-middleware-subrequest": repeated("middleware") },
    { "x-middleware-subrequest": repeated("src/middleware") },
    { "x-middleware-subrequest-id": "0".repeat(32) },
    { "x-nextjs-data": "1" },
    { "x-invoke-path": "/sign-in" },
    { "x-matched-path": "/sign-in" },
    { "x-middleware-rewrite": "/t/acme/switchboard" },
    { "x-middleware-next": "1" },
    { "x-middleware-override-headers": "cookie", "x-middleware-request-cookie": "a=b" },
    { "x-forwarded-host": "evil.test" },
    { "x-original-url": "/sign-in" },
    { "x-path": "/sign-in" },
    { rsc: "1" },
  ];
  // What is fetched ahead is a page's skeleton at most, the same for everybody.
  const ahead: Record<string, string>[] = [
    { rsc: "1", "next-router-prefetch": "1" },
    { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
    { purpose: "prefetch", "x-middleware-prefetch": "1" },
  ];
  // A request for a page's parts is first sent on to the address that its headers stand for.
  const follow = async (path: string, forged: Record<string, string>) => {
    const given = await someone.send(path, { headers: forged });
    const on = forged.rsc === undefined ? null : given.headers.get("location");
    return on === null ? given : someone.send(on, { headers: forged });
  };
  for (const path of PROTECTED) {
    const plain = await someone.send(path);
    expect(plain.headers.get("location"), path).toBe(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
    for (const forged of headers) {
      const answer = await follow(path, forged);
      const title = `${path} ${JSON.stringify(forged)}`;
      if (forged.rsc === undefined) expect(answer.headers.get("location"), title).toBe(plain.headers.get("location"));
      else expect(`${answer.headers.get("location") ?? ""}${answer.text}`, title).toContain("/sign-in?callbackUrl=");
      expect(answer.text, title).not.toContain("@acme.test");
    }
    for (const forged of ahead) {
      const answer = await follow(path, forged);
      expect(answer.text, `${path} ${JSON.stringify(forged)}`).not.toMatch(/@acme\.test|"Acme"/);
      expect(answer.text.length, path).toBeLessThan(5_000);
    }
  }
  for (const forged of headers.filter(({ rsc }) => rsc === undefined))
    expect(await someone.attempt("workflows.list", {}, forged), JSON.stringify(forged)).toMatchObject({ status: 401 });
});

test("31 one address shows each caller their own, and nothing is kept between them", async ({
  deployment,
  sides: { a, b },
}) => {
  const someone = nobody(deployment);
  for (const headers of [{}, { rsc: "1" }] as Record<string, string>[]) {
    for (const path of ["/t/acme/workflows", "/t/acme/members", "/account"]) {
      const parts = headers.rsc === undefined ? null : (await someone.send(path, { headers })).headers.get("location");
      const ask = (caller: Caller) => caller.send(parts ?? path, { headers });
      const [first, second, third] = [await ask(a.owner), await ask(b.owner), await ask(someone)];
      expect(first.text, path).toContain(a.owner.email);
      for (const other of [second, third]) {
        expect(other.text, path).not.toContain(a.owner.email);
        expect(other.text, path).not.toContain(a.marker);
      }
      for (const answer of [first, second, third]) {
        expect(answer.headers.get("cache-control"), path).toMatch(/private.*no-store|no-store.*private/);
        expect(answer.headers.get("etag"), path).toBeNull();
      }
    }
  }
  for (const caller of [a.owner, b.owner, someone])
    expect((await caller.attempt("me/accounts.profile")).headers.get("cache-control")).toBe("private, no-store");
});

test("32 a failure says nothing of what is inside, and names its request", async ({ deployment, sides: { a } }) => {
  const json = { "content-type": "application/json" };
  const answers: [title: string, answer: Answer][] = [
    ["input of a wrong shape", await a.owner.attempt("workflows.list", { limit: "x" })],
    ["an unknown procedure", await a.owner.attempt("nothing.here")],
    ["broken JSON", await a.owner.send("/api/trpc/acme/workflows.list", { method: "POST", body: "{", headers: json })],
    ["a NUL in the tenant's address", await a.owner.at("\u0000").attempt("workflows.list")],
    ["a NUL in a search", await a.owner.attempt("workflows.list", { text: "a\u0000b" })],
    ["a NUL in a reason", await a.operator.attempt("runs.kill", { runId: `run_${"0".repeat(32)}`, reason: "\u0000" })],
    [
      "a wrong method",
      await a.owner.send("/api/trpc/acme/workflows.list", { method: "PUT", body: "{}", headers: json }),
    ],
    [
      "a wrong type",
      await a.owner.send("/api/trpc/acme/workflows.list", {
        method: "POST",
        body: "{}",
        headers: { "content-type": "text/plain" },
      }),
    ],
    ["no such page", await a.owner.send("/nothing/here")],
    ["no such tenant", await a.owner.send("/t/nothing/switchboard")],
    ["a NUL in a page's address", await a.owner.send("/t/%00/switchboard")],
    ["a broken escape", await a.owner.send("/t/%E0%A4%A/switchboard")],
    ["a broken escape in a call", await a.owner.send("/api/trpc/%E0%A4%A/workflows.list")],
    ["sign-in without a body", await nobody(deployment).send("/api/auth/signin/email", { method: "POST" })],
    [
      "demo sign-in with a list",
      await nobody(deployment).send("/api/demo/sign-in", { method: "POST", body: "[]", headers: json }),
    ],
  ];
  for (const [title, answer] of answers) {
    expect(answer.status, title).toBeGreaterThanOrEqual(400);
    expect(answer.status, title).toBeLessThan(500);
    expect(answer.text, title).not.toMatch(INSIDE);
    if (answer.headers.get("content-type")?.startsWith("application/json") === true)
      expect(answer.text, title).toMatch(/req_[0-9a-f]{32}/);
    expect(answer.headers.get("x-request-id"), title).toMatch(/^req_[0-9a-f]{32}$/);
  }
  const chosen = await a.owner.attempt("nothing.here", {}, { "x-request-id": `req_${"0".repeat(32)}` });
  expect(chosen.requestId).not.toBe(`req_${"0".repeat(32)}`);
});

test("33 a call of absurd size or shape is refused at once and leaves no trace", async ({
  deployment,
  sides: { a },
}) => {
  const json = { "content-type": "application/json" };
  const post = (path: string, body: string) =>
    a.viewer.send(`/api/trpc/acme/${path}`, { method: "POST", body, headers: json });
  const web = /next-server|next start/;
  await post("workflows.list", "{}");
  const before = residentMb(deployment.pid, web);
  const many = Array<string>(1_000).fill("workflows.list").join(",");
  const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
  const attacks: [title: string, path: string, body: string, status: number][] = [
    ["1,000 calls", `${many}?batch=1`, "{}", 400],
    ["10 MB", "workflows.list", JSON.stringify({ text: "x".repeat(10_000_000) }), 413],
    ["10,000 levels", "workflows.list", deep, 400],
    ["10,000 levels of a definition", "workflows.check", `{"definition":${deep}}`, 400],
    ["__proto__", "workflows.list", '{"__proto__":{"polluted":true}}', 400],
    ["constructor.prototype", "workflows.list", '{"constructor":{"prototype":{"polluted":true}}}', 400],
    ["__proto__ as a procedure", "__proto__", "{}", 404],
    ["constructor as a procedure", "workflows.constructor", "{}", 404],
    ["toString as a procedure", "toString", "{}", 404],
  ];
  for (const [title, path, body, status] of attacks) {
    const began = performance.now();
    const answer = await post(path, body);
    expect(answer.status, title).toBe(status);
    expect(answer.text, title).not.toMatch(INSIDE);
    expect(performance.now() - began, title).toBeLessThan(2_000);
  }
  for (let sent = 0; sent < 10_000; sent += 20) {
    const names = Array.from({ length: 20 }, (_, index) => `nope${sent + index}`).join(",");
    expect((await post(`${names}?batch=1`, "{}")).status).toBeGreaterThanOrEqual(400);
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect((await post("workflows.list", "{}")).text).not.toContain("polluted");
  if (before !== null) await expect.poll(() => (residentMb(deployment.pid, web) ?? 0) - before).toBeLessThan(100);
});

test("34 a batch counts as the calls it holds", async ({ deployment }) => {
  const caller = await signIn(deployment, "workflow_reviewer@initech.test", "initech");
  const batch = async (size: number) => {
    const body = Object.fromEntries(
      Array.from({ length: size }, (_, index) => [index, { workflowId: `wfl_${"0".repeat(32)}` }]),
    );
    const answer = await caller.once(`${Array<string>(size).fill("workflows.retire").join(",")}?batch=1`, body);
    return {
      answer,
      statuses: (JSON.parse(answer.text) as { error?: { data: { httpStatus: number } } }[]).map(
        ({ error }) => error?.data.httpStatus,
      ),
    };
  };
  expect((await caller.once(`${Array<string>(100).fill("runs.start").join(",")}?batch=1`)).status).toBe(400);
  const statuses: (number | undefined)[] = [];
  for (let sent = 0; sent < 5; sent += 1) {
    const { answer, statuses: some } = await batch(20);
    statuses.push(...some);
    if (some.every((status) => status === 429)) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  const granted = statuses.filter((status) => status === 404).length;
  expect(granted).toBeGreaterThanOrEqual(55);
  expect(granted).toBeLessThan(75);
  expect(statuses.filter((status) => status === 429)).toHaveLength(100 - granted);
});

test("35 an upgrade with a foreign target reaches nobody", async ({ deployment }) => {
  const { canary, url } = deployment;
  const upgrade =
    "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
  const lines = [
    `GET ${canary.url}/ HTTP/1.1\r\nhost: ${canary.host}\r\n${upgrade}`,
    `GET ${canary.url}/ HTTP/1.1\r\nhost: ${new URL(url).host}\r\n${upgrade}`,
    `GET //${canary.host}/ HTTP/1.1\r\nhost: ${new URL(url).host}\r\n${upgrade}`,
    `GET /\\${canary.host}/ HTTP/1.1\r\nhost: ${new URL(url).host}\r\n${upgrade}`,
    `CONNECT ${canary.host} HTTP/1.1\r\nhost: ${canary.host}\r\n\r\n`,
    `GET ${canary.url}/ HTTP/1.1\r\nhost: ${canary.host}\r\nconnection: close\r\n\r\n`,
    `GET / HTTP/1.1\r\nhost: ${canary.host}\r\nx-forwarded-host: ${canary.host}\r\n${upgrade}`,
    `GET /_next/webpack-hmr HTTP/1.1\r\nhost: ${new URL(url).host}\r\n${upgrade}`,
  ];
  const answers = await Promise.all(lines.map((line) => sendBytes(url, line)));
  for (const answer of answers) expect(answer).not.toContain("101 Switching");
  expect(canary.hits).toEqual([]);
  expect((await fetch(`${url}/api/ready`)).status).toBe(200);
});

test("36 the image route fetches nothing", async ({ deployment }) => {
  const { canary } = deployment;
  const urls = [
    `${canary.url}/x.png`,
    `/\\${canary.host}/x.png`,
    `//${canary.host}/x.png`,
    `/\t/${canary.host}/x.png`,
    `${deployment.url}/../..//${canary.host}`,
    "file:///etc/passwd",
    "/icon.svg",
  ];
  for (const url of urls) {
    const answer = await nobody(deployment).send(`/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`);
    expect([400, 404], url).toContain(answer.status);
  }
  expect(canary.hits).toEqual([]);
});

test("37 nobody but Inngest reaches the functions, and no debug route answers", async ({ deployment, hardened }) => {
  const call = { ctx: { run_id: "x", attempt: 0 }, event: { name: "x", data: {} }, events: [], steps: {} };
  const body = JSON.stringify(call);
  const path = "/api/inngest?fnId=conductor-execute-run&stepId=step";
  for (const method of ["GET", "POST", "PUT"])
    expect(
      (await nobody(deployment).send(path, { method, ...(method === "GET" ? {} : { body }) })).status,
      method,
    ).toBe(404);

  const signed = (at: number, key = INNGEST_KEY) => {
    const mac = createHmac("sha256", Buffer.from(key.replace(/^signkey-\w+-/, ""), "hex"))
      .update(body)
      .update(String(at))
      .digest("hex");
    return { "x-inngest-signature": `t=${at}&s=${mac}`, "content-type": "application/json" };
  };
  const now = Math.floor(Date.now() / 1_000);
  const forged: [title: string, headers: Record<string, string>][] = [
    ["unsigned", {}],
    ["of another key", signed(now, `signkey-test-${"00".repeat(32)}`)],
    ["ten minutes old", signed(now - 600)],
    ["of no time", { "x-inngest-signature": `s=${"0".repeat(64)}` }],
    ["empty", { "x-inngest-signature": "" }],
    ["as from a development server", { "x-inngest-server-kind": "dev" }],
  ];
  for (const [title, headers] of forged) {
    const answer = await nobody(hardened).send(path, { method: "POST", body, headers });
    expect(answer.status, title).toBe(401);
    expect(answer.text, title).not.toMatch(/\bat .+:\d+:\d+/);
  }
  const sync = await nobody(hardened).send("/api/inngest", {
    method: "PUT",
    body: "{}",
    headers: { "content-type": "application/json" },
  });
  expect([401, 403, 404]).toContain(sync.status);
  const introspection = await nobody(hardened).send("/api/inngest");
  expect(introspection.text).not.toContain("execute-run");

  const debug = [
    "/__nextjs_original-stack-frames",
    "/__nextjs_source-map",
    "/_next/mcp",
    "/_next/webpack-hmr",
    "/api/debug",
    "/debug",
    "/metrics",
    "/graphql",
    "/api/trpc",
    "/api/trpc/acme",
    "/panel",
    "/_next/data/x/t/acme/switchboard.json",
    "/_error",
  ];
  for (const route of debug) expect((await nobody(deployment).send(route)).status, route).toBeGreaterThanOrEqual(400);
});

// Last of all files: by now everything above has been said to the product, and its log holds what it made of it.
test("59 no token, cookie, key or secret that was handed out is in the log", async ({ deployment, sides: { a } }) => {
  const key = await a.owner.ask<{ key: string }>("apiKeys.create", { name: "Canary", roles: ["read_only"] });
  handedOut.add(key.key);
  await a.owner.attempt(
    "workflows.list",
    {},
    { authorization: `Bearer ${key.key}`, cookie: `${a.owner.cookie}; canary=${key.key}` },
  );
  const log = deployment.log();
  expect(log.length).toBeGreaterThan(100);
  expect(handedOut.size).toBeGreaterThan(10);
  for (const secret of handedOut) {
    expect(log.includes(secret), `${secret.slice(0, 6)}…`).toBe(false);
    expect(log.includes(decodeURIComponent(secret)), `${secret.slice(0, 6)}…`).toBe(false);
  }
  expect(log).not.toMatch(/canary-credential|postgres(ql)?:\/\/[^ ]*:[^ ]*@/);
});

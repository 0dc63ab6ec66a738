import { type Answer, askAuth, nobody } from "../fixtures/caller";
import { INSIDE, JSON_BODY } from "../fixtures/known-surface";
import { sendRaw } from "../fixtures/raw-http";
import { shapeOf } from "../fixtures/shape";
import { definition, fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { linkIn } from "../sandbox/smtp";

test("32 a failure says nothing of what is inside, and names its request", async ({ deployment, sides: { a } }) => {
  const answers: [title: string, answer: Answer][] = [
    ["input of a wrong shape", await a.owner.attempt("workflows.list", { limit: "x" })],
    ["an unknown procedure", await a.owner.attempt("nothing.here")],
    [
      "broken JSON",
      await a.owner.send("/api/trpc/acme/workflows.list", { method: "POST", body: "{", headers: JSON_BODY }),
    ],
    ["a NUL in the tenant's address", await a.owner.at("\u0000").attempt("workflows.list")],
    ["a NUL in a search", await a.owner.attempt("workflows.list", { text: "a\u0000b" })],
    ["a NUL in a reason", await a.operator.attempt("runs.kill", { runId: `run_${"0".repeat(32)}`, reason: "\u0000" })],
    [
      "a wrong method",
      await a.owner.send("/api/trpc/acme/workflows.list", { method: "PUT", body: "{}", headers: JSON_BODY }),
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
      await nobody(deployment).send("/api/demo/sign-in", { method: "POST", body: "[]", headers: JSON_BODY }),
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

test("32 the address of a file names a step or nothing, however it is escaped", async ({ sides: { a } }) => {
  for (const step of ["%25", "%25E0%25A4%25A", "nothing", "nothing%5B0%5D"]) {
    const answer = await a.viewer.send(`/t/${a.slug}/runs/${a.runId}/artefacts/${step}`);
    expect(answer.status, step).toBe(404);
    expect(answer.text, step).not.toBe("");
    expect(answer.text, step).not.toMatch(INSIDE);
  }
});

test("32 what a page shows of a denial is the same with and without a forged request", async ({ sides: { a } }) => {
  const missing = await a.viewer.send("/t/acme/runs/run_00000000000000000000000000000000");
  const malformed = await a.viewer.send("/t/acme/runs/%00");
  expect([missing.status, malformed.status]).toEqual([404, 404]);
  expect(shapeOf(missing).body.replaceAll(/run_0+/g, "~")).not.toMatch(INSIDE);
  expect(
    await a.author.attempt("workflows.create", { slug: fresh("x"), definition: definition({ steps: [null] }) }),
  ).toMatchObject({ status: 400 });
});

test("38 no source, map, secret or repository is served", async ({ deployment, sides: { a } }) => {
  const page = await a.owner.send("/t/acme/workflows");
  const scripts = [
    ...new Set([...page.text.matchAll(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g)].map(([path]) => path)),
  ];
  expect(scripts.length).toBeGreaterThan(3);
  for (const script of scripts) {
    expect((await nobody(deployment).send(`${script}.map`)).status, script).toBe(404);
    const served = await nobody(deployment).send(script);
    expect(served.status, script).toBe(200);
    expect(served.text, script).not.toMatch(/sourceMappingURL=|CONDUCTOR_SECRET|DATABASE_URL|conductor_engine/);
  }
  const paths = [
    ...[
      "/.env",
      "/.env.local",
      "/.env.production",
      "/.git/HEAD",
      "/.git/config",
      "/.npmrc",
      "/.next/BUILD_ID",
      "/.conductor/secret",
      "/.conductor/demo.json",
      "/demo.json",
    ],
    ...[
      "/package.json",
      "/next.config.ts",
      "/proxy.ts",
      "/server/platform/env.ts",
      "/tsconfig.json",
      "/node_modules/next/package.json",
    ],
    ...[
      "/_next/server/app/page.js",
      "/_next/../.env",
      "/_next/static/../../.env",
      "/_next/static/%2e%2e/%2e%2e/package.json",
      "/..%2f..%2fetc/passwd",
      "/_next/static/..%5c..%5cpackage.json",
    ],
    ...[
      "/_next/static/chunks/../../server/middleware-manifest.json",
      "/_next/required-server-files.json",
      "/_buildManifest.js",
    ],
  ];
  for (const path of paths) {
    const answer = await sendRaw(deployment.url + path.replace("/_next/../", "/_next/%2e%2e/"));
    expect([307, 308, 400, 404], path).toContain(answer.status);
    expect(answer.text, path).not.toMatch(/"dependencies"|\[core\]|root:x:|CONDUCTOR_/);
  }
});

test("39 a link in a mail leads where the configuration says, whatever host was asked", async ({
  deployment,
  sides: { a },
}) => {
  const { url, smtp } = deployment;
  const poison = {
    host: "evil.test",
    "x-forwarded-host": "evil.test",
    "x-forwarded-proto": "https",
    forwarded: "host=evil.test",
    "x-original-host": "evil.test",
  };
  const csrf = await nobody(deployment).send("/api/auth/csrf");
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const [signInMail, inviteMail] = [`${fresh("host")}@example.test`, `${fresh("host")}@example.test`];
  await sendRaw(`${url}/api/auth/signin/email`, {
    method: "POST",
    headers: {
      ...poison,
      "content-type": "application/x-www-form-urlencoded",
      cookie: csrf.headers
        .getSetCookie()
        .map((line) => line.split(";")[0])
        .join("; "),
    },
    body: new URLSearchParams({ email: signInMail, csrfToken, json: "true" }).toString(),
  });
  await sendRaw(`${url}/api/trpc/acme/members.invite`, {
    method: "POST",
    headers: { ...poison, "content-type": "application/json", cookie: a.owner.cookie },
    body: JSON.stringify({ email: inviteMail, roles: ["read_only"] }),
  });
  for (const address of [signInMail, inviteMail]) {
    const mail = await smtp.nextTo(address);
    expect(new URL(linkIn(mail)).origin, address).toBe(url);
    expect(`${mail.content.html ?? ""}${mail.content.text ?? ""}`, address).not.toContain("evil.test");
  }
  const asked = await sendRaw(`${url}/t/acme/switchboard`, { headers: poison });
  expect(JSON.stringify(asked.headers)).not.toContain("evil.test");
});

test("40 every answer carries its headers, and every page a nonce of its own", async ({ sides: { a } }) => {
  const nonces = new Set<string>();
  const paths = [
    "/sign-in",
    "/t/acme/switchboard",
    "/t/nosuch/switchboard",
    "/nothing",
    "/api/ready",
    "/api/trpc/acme/workflows.list",
    "/api/auth/csrf",
  ];
  for (const path of paths) {
    const { headers, text } = await a.owner.send(path);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).toContain("base-uri 'none'");
    expect(policy, path).toContain("object-src 'none'");
    expect(/script-src [^;]*/.exec(policy)?.[0], path).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/);
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("x-frame-options"), path).toBe("DENY");
    expect(headers.get("strict-transport-security"), path).toBeNull();
    expect(headers.get("x-powered-by"), path).toBeNull();
    expect(headers.get("access-control-allow-origin"), path).toBeNull();
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    nonces.add(nonce);
    if (headers.get("content-type")?.startsWith("text/html") === true)
      for (const [tag] of text.matchAll(/<script\b[^>]*>/g)) expect(tag, path).toContain(`nonce="${nonce}"`);
  }
  expect(nonces.size).toBe(paths.length);
});

test("40 over https the cookies are bound to the host and the browser stays on https", async ({
  hardened,
  deployment,
}) => {
  const secured = await nobody(hardened).send("/sign-in");
  expect(secured.headers.get("strict-transport-security")).toMatch(/max-age=\d{8}/);
  expect(secured.headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
  const demo = {
    method: "POST",
    body: JSON.stringify({ email: "read_only@acme.test" }),
    headers: JSON_BODY,
  };
  const [over, plain] = [
    await nobody(hardened).send("/api/demo/sign-in", demo),
    await nobody(deployment).send("/api/demo/sign-in", demo),
  ];
  expect(over.headers.getSetCookie().join()).toMatch(
    /^__Host-conductor-session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax; Secure$/,
  );
  expect(plain.headers.getSetCookie().join()).toMatch(
    /^conductor-session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  );
  for (const [line] of [
    (await askAuth(nobody(hardened), "signin/email", { email: `${fresh("s")}@example.test` })).headers.getSetCookie(),
  ])
    if (line !== undefined) expect(line).toMatch(/^__Host-.*HttpOnly; Secure; SameSite=Lax/);
  const csrf = (await nobody(hardened).send("/api/auth/csrf")).headers.getSetCookie().join();
  expect(csrf).toMatch(/^__Host-conductor-csrf=.*Path=\/; HttpOnly; Secure; SameSite=Lax/);
});

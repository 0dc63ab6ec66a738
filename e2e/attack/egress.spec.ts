import { handedOut } from "../fixtures/caller";
import type { Deployment } from "../fixtures/deployment";
import { httpStep, perform } from "../fixtures/run";
import { definition, fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

const redirect = ({ target }: Pick<Deployment, "target">, status: number, to: string) =>
  `${target.url}/redirect/${status}?to=${encodeURIComponent(to)}`;

test("41 a redirect is checked at every hop, and leaves credentials behind", async ({ deployment, sides: { a } }) => {
  const { target, elsewhere, canary } = deployment;
  const closed = await Promise.all(
    [301, 302, 303, 307, 308].map((status) =>
      perform(a, [httpStep(redirect(deployment, status, `${canary.url}/secret`))]),
    ),
  );
  for (const run of closed) expect(run).toMatchObject({ status: "failed", failure: { code: "forbidden-address" } });
  const twoHops = redirect(deployment, 302, redirect(deployment, 302, `${canary.url}/secret`));
  expect(await perform(a, [httpStep(twoHops)])).toMatchObject({ failure: { code: "forbidden-address" } });
  expect(await perform(a, [httpStep(redirect(deployment, 302, "loop"))])).toMatchObject({
    failure: { code: "too-many-redirects" },
  });
  for (const to of [
    "file:///etc/passwd",
    `http://u:p@${target.host}/`,
    "gopher://127.0.0.1/",
    "http://[::ffff:127.0.0.1]/",
  ])
    expect((await perform(a, [httpStep(redirect(deployment, 302, to))])).failure?.code, to).toMatch(/^forbidden-/);
  expect(canary.hits).toEqual([]);

  handedOut.add("canary-credential");
  const headers = { authorization: "Bearer canary-credential", cookie: "s=canary-credential", "x-note": "kept" };
  const moved = await perform(a, [httpStep(redirect(deployment, 307, `${elsewhere.url}/moved`), { headers })]);
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
  const urls = [...hosts.map((host) => `http://${host}:${port}/`), "http://169.254.169.254/latest/meta-data/"];
  for (const url of urls) {
    const written = definition({ steps: [httpStep(url)] });
    // Before it is stored; a redirect and a name lead there at the call alone, and are refused then.
    expect(
      await a.author.attempt("workflows.create", { slug: fresh("closed"), definition: written }),
      url,
    ).toMatchObject({
      status: 400,
      text: expect.stringContaining("steps.0.request.url"),
    });
  }
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
  const run = await perform(a, [httpStep(`${target.url}/items/{{ input.evil }}`, request)], input);
  expect(run.status).toBe("succeeded");
  const hit = target.hits.find(({ url }) => url.includes(marker));
  expect(hit?.url).toBe(`/items/${encodeURIComponent(input.evil)}`);
  expect(hit?.headers).toMatchObject({ host: target.host });
  expect(hit?.headers).not.toHaveProperty("x-evil");
  expect(JSON.parse(hit?.body ?? "")).toEqual({ text: input.evil, more: `x","admin":"${input.evil}` });
});

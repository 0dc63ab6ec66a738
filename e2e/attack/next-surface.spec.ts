import { type Caller, nobody } from "../fixtures/caller";
import { INSIDE, PROTECTED } from "../fixtures/known-surface";
import { sendBytes } from "../fixtures/raw-http";
import { expect, test } from "../fixtures/test";

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

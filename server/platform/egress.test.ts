import * as crypto from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { callOut, MAX_ANSWER_BYTES } from "./egress";
import { egressPolicy } from "./egress-policy";

const pbkdf2 = promisify(crypto.pbkdf2);
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<{ url: string; target: string; hits: string[] }> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method ?? ""} ${request.url ?? ""}`);
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, target: `127.0.0.1:${port}`, hits };
}

const get = (url: string, allowed: string[], over: { timeoutMs?: number; headers?: Record<string, string> } = {}) =>
  callOut({ tenantId: "one", method: "GET", url, headers: {}, timeoutMs: 5_000, ...over }, egressPolicy(allowed));

describe("callOut", () => {
  it("brings back status, headers and body of an allowed target", async () => {
    const server = await serve((_request, response) => response.setHeader("x-kind", "test").end("hello"));
    const answer = await get(`${server.url}/a?b=1`, [server.target]);
    expect(answer).toMatchObject({ status: 200, body: "hello", headers: { "x-kind": "test" } });
    expect(server.hits).toEqual(["GET /a?b=1"]);
  });

  it("never reaches loopback that is not allowed, by address or by name", async () => {
    const canary = await serve((_request, response) => response.end());
    const port = new URL(canary.url).port;
    for (const host of ["127.0.0.1", "localhost", "[::1]", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
      await expect(get(`http://${host}:${port}/`, [])).rejects.toMatchObject({ reason: "forbidden-address" });
    expect(canary.hits).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])("refuses a %i redirect to a closed address at that hop", async (status) => {
    const canary = await serve((_request, response) => response.end("secret"));
    const server = await serve((_request, response) => response.writeHead(status, { location: canary.url }).end());
    await expect(get(server.url, [server.target])).rejects.toMatchObject({ reason: "forbidden-address" });
    expect(canary.hits).toEqual([]);
  });

  it("gives up on a redirect loop", async () => {
    const server = await serve((_request, response) => response.writeHead(302, { location: "/again" }).end());
    await expect(get(server.url, [server.target])).rejects.toMatchObject({ reason: "too-many-redirects" });
    expect(server.hits).toHaveLength(6);
  });

  it("leaves credentials behind when a redirect changes the host", async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end();
    });
    const server = await serve((_request, response) => response.writeHead(307, { location: other.url }).end());
    await get(server.url, [server.target, other.target], { headers: { authorization: "Bearer x" } });
    expect(seen).toEqual([undefined]);
  });

  it("follows a redirect of a call that is for its origin alone only within that, and refuses any other", async () => {
    const other = await serve((_request, response) => response.end("other"));
    const server = await serve((request, response) => {
      if (request.url === "/final") response.end("same");
      else response.writeHead(307, { location: request.url === "/near" ? "/final" : other.url }).end();
    });
    const call = (path: string) =>
      callOut(
        {
          ...{ tenantId: "one", method: "POST", url: `${server.url}${path}`, headers: {}, body: "x" },
          ...{ timeoutMs: 5_000, isForOrigin: true },
        },
        egressPolicy([server.target, other.target]),
      );
    expect(await call("/near")).toMatchObject({ body: "same" });
    await expect(call("/far")).rejects.toMatchObject({ reason: "forbidden-redirect", isRetriable: false });
    expect(other.hits).toEqual([]);
  });

  it.each(["file:///etc/passwd", "gopher://a.test", "data:text/plain,a", "http://user:pass@a.test/", "not a url"])(
    "refuses %s",
    async (url) => {
      await expect(get(url, [])).rejects.toMatchObject({ reason: "forbidden-url", isRetriable: false });
    },
  );

  it("cuts an endless answer at the cap", async () => {
    const server = await serve((_request, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(64 * 1_024)));
        response.once("drain", more);
      };
      more();
    });
    await expect(get(server.url, [server.target])).rejects.toMatchObject({ reason: "too-large" });
  });

  it("cuts a compressed answer by its decoded size", async () => {
    const bomb = gzipSync(Buffer.alloc(MAX_ANSWER_BYTES * 50));
    const server = await serve((_request, response) => response.setHeader("content-encoding", "gzip").end(bomb));
    await expect(get(server.url, [server.target])).rejects.toMatchObject({ reason: "too-large" });
  });

  it("takes no answer for whole that was cut for its time, also one that says no length", async () => {
    const server = await serve((_request, response) => {
      // As an answer of HTTP/1.0: what comes until the line is closed.
      response.socket?.write("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\nthe beginning");
    });
    const asking = get(server.url, [server.target], { timeoutMs: 200 });
    await expect(asking).rejects.toMatchObject({ reason: "timeout", isRetriable: true });
  });

  it("takes no longer than it may where its name is not found in time", async () => {
    // They hold the threads that look-ups need.
    const others = Array.from({ length: 8 }, () => pbkdf2("a", "b", 400_000, 64, "sha512"));
    const asking = get("http://name.invalid/", [], { timeoutMs: 20 });
    await expect(asking).rejects.toMatchObject({ reason: "timeout", message: "No full answer within 0.02 s." });
    await Promise.all(others);
  });

  it("stops waiting for a target that drips", async () => {
    const server = await serve((_request, response) => {
      response.write("a");
    });
    await expect(get(server.url, [server.target], { timeoutMs: 300 })).rejects.toMatchObject({
      reason: "timeout",
      isRetriable: true,
    });
  });

  it("names a connection that nobody accepts", async () => {
    const server = await serve((_request, response) => response.end());
    const { url, target } = server;
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(get(url, [target])).rejects.toMatchObject({ reason: "connection", isRetriable: true });
  });
});

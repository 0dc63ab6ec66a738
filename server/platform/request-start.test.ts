import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareRequests } from "./request-start";

/** Answers with what a handler would see. */
const server = createServer((request, response) =>
  response.end(JSON.stringify({ url: request.url, ...request.headers })),
);
let url: string;

beforeAll(async () => {
  prepareRequests({ isHttps: false, isDevelopment: false });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function ask(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}${path}`, { headers });
  return { headers: answer.headers, seen: (await answer.json()) as Record<string, string> };
}

/** As a caller sends it who does not keep to the rules of addresses. */
function askRaw(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
    socket.end(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
  });
}

describe("a request, before it is handled,", () => {
  it("names who connected behind whatever the caller claims", async () => {
    expect((await ask("/")).seen["x-forwarded-for"]).toBe("127.0.0.1");
    expect((await ask("/", { "x-forwarded-for": "6.6.6.6" })).seen["x-forwarded-for"]).toBe("6.6.6.6, 127.0.0.1");
  });

  it("has an id, a nonce and an address of ours, whatever the caller sends", async () => {
    const forged = { "x-request-id": `req_${"0".repeat(32)}`, "x-nonce": "mine", "x-path": "/mine" };
    const { seen, headers } = await ask("/t/acme?after=1&_rsc=abc", forged);
    expect(seen["x-request-id"]).toMatch(/^req_(?!0{32})[0-9a-f]{32}$/);
    expect(headers.get("x-request-id")).toBe(seen["x-request-id"]);
    expect(seen["x-path"]).toBe("/t/acme?after=1");
    expect(headers.get("content-security-policy")).toContain(`'nonce-${seen["x-nonce"]}'`);
    expect(seen["content-security-policy"]).toBe(headers.get("content-security-policy"));
    expect((await ask("/")).seen["x-nonce"]).not.toBe(seen["x-nonce"]);
  });

  it("goes to where it is told so when its address cannot be read", async () => {
    expect(await askRaw("/t/%E0%A4%A/switchboard")).toContain('"url":"/api/unreadable"');
    expect(await askRaw("/t/%C3%A4")).toContain('"url":"/t/%C3%A4"');
  });

  it("is left alone when it asks for build output", async () => {
    const { headers } = await ask("/_next/static/chunks/a.js");
    expect(headers.has("content-security-policy")).toBe(false);
    expect(headers.has("cache-control")).toBe(false);
  });
});

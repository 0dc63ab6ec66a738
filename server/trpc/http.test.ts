import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answerTrpc, MAX_BATCH } from "./http";

const ORIGIN = "http://localhost:3000";

// Refused before anything is looked up: no database is there, and none is asked.
beforeEach(() => {
  vi.stubEnv("CONDUCTOR_SECRET", "a secret of tests, at least 32 characters long");
  vi.stubEnv("DATABASE_URL", "postgres://nobody:nothing@127.0.0.1:1/none");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

interface Asked {
  method?: string;
  procedure?: string;
  headers?: Record<string, string>;
  body?: string;
}

async function ask({ method = "POST", procedure = "tenants.create", headers = {}, body = "{}" }: Asked) {
  const request = new Request(`${ORIGIN}/api/trpc/me/${procedure}`, {
    method,
    headers: { "content-type": "application/json", origin: ORIGIN, ...headers },
    ...(method === "POST" ? { body } : {}),
  });
  const response = await answerTrpc(request, "me");
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe("the door for browser calls", () => {
  it("refuses a body that a foreign form could send", async () => {
    const { status, text } = await ask({ headers: { "content-type": "text/plain" } });
    expect(status).toBe(415);
    expect(text).toContain("application/json");
  });

  it.each<Record<string, string>>([
    { origin: "https://elsewhere.test" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("refuses a call from another site: %j", async (headers) => {
    expect((await ask({ headers })).status).toBe(403);
  });

  it("refuses a body that is too long, whether or not it says so", async () => {
    const long = JSON.stringify("x".repeat(1_000_001));
    expect((await ask({ body: long })).status).toBe(413);
    expect((await ask({ body: "{}", headers: { "content-length": "2000000" } })).status).toBe(413);
  });

  it("refuses more calls at once than one request may carry", async () => {
    const procedure = Array.from({ length: MAX_BATCH + 1 }, () => "tenants.listOwn").join(",");
    const { status, text } = await ask({ procedure: `${procedure}?batch=1` });
    expect(status).toBe(400);
    expect(text).not.toContain("stack");
  });

  it("finds the procedure however the tenant's slug is spelt", async () => {
    const answer = await answerTrpc(new Request(`${ORIGIN}/api/trpc/%6d%65/no.such`), "me");
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain(String.raw`path \"no.such\"`);
  });

  it("refuses other methods, and a change by GET", async () => {
    expect((await ask({ method: "PUT" })).status).toBe(400);
    expect((await ask({ method: "GET" })).status).toBe(405);
  });

  it("names the request in every answer, and lets nothing keep it", async () => {
    const { headers, text } = await ask({ headers: { origin: "https://elsewhere.test" } });
    const requestId = headers.get("x-request-id") ?? "";
    expect(requestId).toMatch(/^req_[0-9a-f]{32}$/);
    expect(text).toContain(requestId);
    expect(headers.get("cache-control")).toBe("private, no-store");
  });
});

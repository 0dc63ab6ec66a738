import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseServer } from "./conformance";

const health = { status: 200 };
const server = createServer((request, response) => {
  response.writeHead(request.url === "/health" ? health.status : 404).end("{}");
});
const current = { url: "" };
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  current.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const keys = { INNGEST_SIGNING_KEY: "signkey-test-00", INNGEST_EVENT_KEY: "key" };

describe("the server that is driven", () => {
  it("is a real one when it answers and its keys are there", async () => {
    health.status = 200;
    expect(await chooseServer({ ...keys, INNGEST_BASE_URL: current.url })).toEqual({
      server: current.url,
      words: `the Inngest server at ${current.url}`,
    });
  });

  it("is the recorded one otherwise, and the reason is told", async () => {
    const why = async (settings: Record<string, string>) => {
      const { server: chosen, words } = await chooseServer(settings);
      expect(chosen).toBeNull();
      return words;
    };
    expect(await why({})).toContain("INNGEST_BASE_URL names no server");
    expect(await why({ INNGEST_DEV: "http://127.0.0.1:8288" })).toContain("signs nothing");
    expect(await why({ INNGEST_BASE_URL: current.url })).toContain("not its INNGEST_SIGNING_KEY");
    health.status = 503;
    expect(await why({ ...keys, INNGEST_BASE_URL: current.url })).toContain("no Inngest server answers");
    expect(await why({ ...keys, INNGEST_BASE_URL: "http://127.0.0.1:9" })).toContain("no Inngest server answers");
  });
});

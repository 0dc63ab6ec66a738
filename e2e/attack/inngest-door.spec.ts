import { createHmac } from "node:crypto";
import { nobody } from "../fixtures/caller";
import { JSON_BODY } from "../fixtures/known-surface";
import { expect, INNGEST_KEY, test } from "../fixtures/test";

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
    headers: JSON_BODY,
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

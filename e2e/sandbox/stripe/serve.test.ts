import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/e2e/fixtures/free-port";

const KEY = "sk_test_sandbox_of_this_test_alone";
const SECRET = "whsec_0123456789abcdef0123";

let receiver: Server;
let received: { body: string; signature: string }[] = [];
let folder: string;
let port: number;
const running: ChildProcess[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString("utf8")));
    request.on("end", () => {
      received.push({ body, signature: String(request.headers["stripe-signature"]) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  folder = mkdtempSync(path.join(tmpdir(), "billing-sandbox-"));
  port = await freePort();
});
afterEach(() => Promise.all(running.splice(0).map(stopped)));
afterAll(() => {
  receiver.close();
  receiver.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

async function stopped(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }
  return child.exitCode;
}

const stateFile = () => path.join(folder, "state.json");

function start(over: Record<string, string> = {}): { child: ChildProcess; log: () => string } {
  const webhook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const env = {
    ...{
      NODE_ENV: "test" as const,
      PATH: process.env.PATH,
      BILLING_SANDBOX_PORT: String(port),
      BILLING_SANDBOX_KEY: KEY,
    },
    ...{ BILLING_SANDBOX_WEBHOOK_URL: webhook, BILLING_SANDBOX_WEBHOOK_SECRET: SECRET },
    ...{ BILLING_SANDBOX_STATE: stateFile(), ...over },
  };
  const file = path.join(import.meta.dirname, "serve.ts");
  const child = spawn(process.execPath, ["--import", "tsx", file], { env, stdio: ["ignore", "ignore", "pipe"] });
  running.push(child);
  let output = "";
  child.stderr.on("data", (part: Buffer) => (output += part.toString("utf8")));
  return { child, log: () => output };
}

async function answering(): Promise<Stripe> {
  const stripe = new Stripe(KEY, { host: "127.0.0.1", port, protocol: "http", telemetry: false, maxNetworkRetries: 0 });
  await expect.poll(() => stripe.customers.list().catch(() => null), { interval: 100 }).not.toBeNull();
  return stripe;
}

describe("the sandbox's process", () => {
  it("tells the product of events, and knows the same after it was started again", async () => {
    const first = start();
    const before = await answering();
    const { id } = await before.customers.create({ name: "Kept" }, { idempotencyKey: "once" });
    await expect.poll(() => received.length).toBeGreaterThan(0);
    const [{ body, signature } = { body: "", signature: "" }] = received;
    expect(before.webhooks.constructEvent(body, signature, SECRET).type).toBe("customer.created");
    expect(await stopped(first.child)).toBe(0);
    expect(statSync(stateFile()).mode & 0o777).toBe(0o600);
    received = [];
    start();
    const after = await answering();
    expect(await after.customers.retrieve(id)).toMatchObject({ name: "Kept" });
    expect((await after.customers.create({ name: "Kept" }, { idempotencyKey: "once" })).id).toBe(id);
    expect((await after.webhookEndpoints.list()).data).toHaveLength(1);
    await after.customers.create({ name: "New" });
    await expect.poll(() => received.length).toBe(1);
  });

  it("keeps what it knows when it is killed", async () => {
    const { child } = start();
    const stripe = await answering();
    const { id } = await stripe.customers.create({ name: "Killed" });
    await expect.poll(() => readFileSync(stateFile(), "utf8")).toContain(id);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    start();
    expect(await (await answering()).customers.retrieve(id)).toMatchObject({ name: "Killed" });
  });

  it.each(["{", '{"shape":"of another time","accounts":[]}'])(
    "sets a file aside that it cannot read: %s",
    async (text) => {
      writeFileSync(stateFile(), text);
      start();
      const stripe = await answering();
      expect((await stripe.customers.list()).data).toEqual([]);
      expect(readFileSync(`${stateFile()}.old`, "utf8")).toBe(text);
    },
  );

  it.each([
    ["BILLING_SANDBOX_KEY", "sk_live_0123456789abcdef0123"],
    ["BILLING_SANDBOX_KEY", "sk_test_0123456789abcdef0123"],
    ["BILLING_SANDBOX_WEBHOOK_URL", "https://example.com/hook"],
    ["BILLING_SANDBOX_WEBHOOK_SECRET", ""],
    ["BILLING_SANDBOX_STATE", "state.json"],
  ])("does not start with %s=%s", async (name, value) => {
    const { child, log } = start({ [name]: value });
    await new Promise((resolve) => child.once("exit", resolve));
    expect(child.exitCode).not.toBe(0);
    expect(log()).toContain(`${name} is missing or wrong`);
    if (value !== "") expect(log()).not.toContain(value);
  });
});

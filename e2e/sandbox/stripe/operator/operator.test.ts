import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paySession } from "../objects/checkout-completion";
import { startTestBrowser, type TestBrowser } from "../testing/browser";
import { refusalOf, startTestSandbox, type TestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";

let test: TestSandbox;
let browser: TestBrowser;
let receiver: Server;
let received: string[] = [];
beforeAll(async () => {
  test = await startTestSandbox("sk_test_sandbox_operated");
  browser = await startTestBrowser();
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString("utf8")));
    request.on("end", () => {
      received.push((JSON.parse(body) as { type: string }).type);
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await test.stripe.webhookEndpoints.create({ url, enabled_events: ["customer.created", "product.created"] });
});
afterAll(async () => {
  await browser.stop();
  receiver.close();
  receiver.closeAllConnections();
  await test.sandbox.stop();
});

interface Overview {
  now: number;
  is_holding: boolean;
  deliveries: { place: number; is_held: boolean; attempts: unknown[] }[];
  faults: object[];
}

async function control(path: string, body?: object, key = test.key) {
  const headers = { authorization: `Bearer ${key}` };
  const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(`${test.sandbox.url}/_sandbox${path}`, init);
  return { status: answer.status, body: (await answer.json()) as Overview };
}

describe("the controls for tests", () => {
  it.each([
    ["as they came", ["customer.created", "product.created"]],
    ["turned round", ["product.created", "customer.created"]],
    ["each twice", ["customer.created", "customer.created", "product.created", "product.created"]],
    ["none", []],
  ])("hold deliveries and let them go: %s", async (order, types) => {
    received = [];
    expect((await control("/deliveries/hold", {})).body.is_holding).toBe(true);
    await test.stripe.customers.create();
    await test.stripe.products.create({ name: "P" });
    await control("/deliveries/settle", {});
    expect(received).toEqual([]);
    await control("/deliveries/release", { order });
    expect(received).toEqual(types);
  });

  it("send one again, drop one that is held, and refuse what there is not", async () => {
    received = [];
    await control("/deliveries/hold", {});
    await test.stripe.customers.create();
    const { deliveries } = (await control("")).body;
    const { place } = deliveries.find(({ is_held: isHeld }) => isHeld) ?? { place: -1 };
    await control("/deliveries/handle", { place, action: "drop" });
    await control("/deliveries/release", {});
    expect(received).toEqual([]);
    await control("/deliveries/handle", { place, action: "twice" });
    expect(received).toEqual(["customer.created", "customer.created"]);
    expect((await control("/deliveries/handle", { place: 9999, action: "send" })).status).toBe(404);
    expect((await control("/deliveries/handle", { place, action: "burn" })).status).toBe(400);
    expect((await control("/deliveries/release", { order: "toString" })).status).toBe(400);
  });

  it("move the clock forward, never back", async () => {
    const { now } = (await control("")).body;
    expect((await control("/clock", { seconds: 3600 })).body.now).toBeGreaterThanOrEqual(now + 3600);
    expect((await control("/clock", { step: "day" })).body.now).toBeGreaterThanOrEqual(now + 3600 + 86_400);
    const to = new Date((now + 3 * 86_400) * 1000).toISOString();
    expect((await control("/clock", { to })).body.now).toBeGreaterThanOrEqual(now + 3 * 86_400);
    for (const bad of [{ seconds: -1 }, { seconds: 1e12 }, { to: "then" }, { step: "year" }, { seconds: "x" }]) {
      expect((await control("/clock", bad)).status).toBe(400);
    }
  });

  it("order faults for operations that there are", async () => {
    const { body } = await control("/faults", { operation: "GET /v1/customers", kind: "rate-limit" });
    expect(body.faults).toEqual([{ operation: "GET /v1/customers", kind: "rate-limit" }]);
    expect((await refusalOf(test.stripe.customers.list())).statusCode).toBe(429);
    expect((await control("/faults", { operation: "GET /v1/nothing", kind: "rate-limit" })).status).toBe(400);
    expect((await control("/faults", { operation: "GET /v1/customers", kind: "hold" })).status).toBe(400);
  });

  it("want a key of the sandbox, and a control that there is", async () => {
    expect((await control("", undefined, "sk_live_1")).status).toBe(401);
    expect((await fetch(`${test.sandbox.url}/_sandbox/clock`, { method: "POST", body: "{}" })).status).toBe(401);
    expect((await control("/nothing", {})).status).toBe(404);
  });
});

describe("the operator's pages", () => {
  it("move the clock, hold deliveries, show objects without secrets, and settle debits", async () => {
    const shop = await openShop(test, "none");
    const { id } = await shop.stripe.checkout.sessions.create({
      ...{ mode: "subscription", customer: shop.customer, success_url: "http://127.0.0.1/" },
      line_items: [{ price: shop.pro.id, quantity: 1 }],
    });
    await shop.stripe.webhookEndpoints.create({ url: "http://127.0.0.1:9/", enabled_events: ["charge.succeeded"] });
    paySession(shop.account, id, { kind: "debit", type: "us_bank_account" });
    const page = await browser.page();
    await page.goto(`${test.sandbox.url}/operator`);
    await page.getByRole("link", { name: shop.account.id }).click();
    await page.getByRole("button", { name: "It is paid" }).click();
    expect((await shop.stripe.checkout.sessions.retrieve(id)).payment_status).toBe("paid");
    const before = shop.clock.now();
    await page.getByRole("button", { name: "One month on" }).click();
    await page.getByText("invoice.upcoming").first().waitFor();
    expect(shop.clock.now() - before).toBeGreaterThanOrEqual(28 * 86_400);
    await page.getByRole("button", { name: "Hold new ones back" }).click();
    await page.getByRole("button", { name: "Release" }).click();
    await page.getByRole("button", { name: "Order" }).click();
    const { faults } = test.sandbox;
    await expect.poll(() => faults.all).toMatchObject([{ kind: "rate-limit" }]);
    faults.take(faults.all[0]?.operation ?? "");
    await page.getByRole("link", { name: "webhook_endpoint" }).click();
    expect(await page.content()).toContain("(not shown)");
    expect(await page.content()).not.toContain("whsec_");
  });

  it("take no form of another site", async () => {
    const { account } = test.sandbox.account(test.key);
    const before = account.clock.now();
    const init = {
      method: "POST",
      body: new URLSearchParams({ step: "day" }),
      headers: { origin: "https://evil.example" },
    };
    expect((await fetch(`${test.sandbox.url}/operator/${account.id}/clock`, init)).status).toBe(403);
    expect(account.clock.now() - before).toBeLessThan(86_400);
  });

  it("say so when there is no such account or page", async () => {
    const { account } = test.sandbox.account(test.key);
    const paths = ["acct_none", `${account.id}/nothing`, `${account.id}/objects/nothing`];
    for (const path of paths) expect((await fetch(`${test.sandbox.url}/operator/${path}`)).status).toBe(404);
  });
});

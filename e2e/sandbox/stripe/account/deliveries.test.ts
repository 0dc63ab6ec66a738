import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusalOf, startTestSandbox, type TestSandbox } from "../testing/sandbox";

interface Received {
  body: string;
  signature: string;
}

let test: TestSandbox;
let receiver: Server;
let received: Received[] = [];
let status = 200;
beforeAll(async () => {
  test = await startTestSandbox();
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      received.push({ body, signature: String(request.headers["stripe-signature"]) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  receiver.close();
  receiver.closeAllConnections();
  await test.sandbox.stop();
});

/** An account of its own that tells the receiver of some events. */
async function listening(name: string, events: ("*" | "customer.created" | "product.created")[]) {
  received = [];
  status = 200;
  const key = `sk_test_sandbox_${name}`;
  const stripe = test.client(key);
  const { port } = receiver.address() as AddressInfo;
  const endpoint = await stripe.webhookEndpoints.create({ url: `http://127.0.0.1:${port}/`, enabled_events: events });
  return { stripe, endpoint, secret: endpoint.secret ?? "", ...test.sandbox.account(key) };
}

describe("a webhook endpoint", () => {
  it("is told what happened, signed so that the SDK accepts it", async () => {
    const { stripe, secret, deliveries } = await listening("signed", ["customer.created"]);
    const { id } = await stripe.customers.create({ name: "A" }, { idempotencyKey: "k" });
    await stripe.products.create({ name: "unasked" });
    await deliveries.settled();
    expect(received).toHaveLength(1);
    const [{ body, signature } = { body: "", signature: "" }] = received;
    const event = stripe.webhooks.constructEvent(body, signature, secret);
    expect(event).toMatchObject({
      type: "customer.created",
      request: { idempotency_key: "k" },
      data: { object: { id } },
    });
    expect(event.api_version).toBe("2026-10-28.endive");
    expect(() => stripe.webhooks.constructEvent(body, signature, "whsec_other")).toThrow();
    expect(await stripe.events.retrieve(event.id)).toMatchObject({ id: event.id });
  });

  it("is not told of what was refused", async () => {
    const { stripe, deliveries } = await listening("refused", ["*"]);
    // The product is made before the price is found wanting: neither may stay.
    const params = { currency: "usd", product_data: { name: "Lost" }, unit_amount: 1, expand: ["nothing"] };
    await refusalOf(stripe.prices.create(params));
    await deliveries.settled();
    expect(received).toEqual([]);
    expect((await stripe.products.list()).data).toEqual([]);
    expect((await stripe.events.list()).data).toEqual([]);
  });

  it("that fails is told again later by the account's clock, three times", async () => {
    const { stripe, deliveries, account } = await listening("failing", ["customer.created"]);
    status = 500;
    await stripe.customers.create();
    await deliveries.settled();
    await deliveries.retryDue();
    expect(received).toHaveLength(1);
    for (let hours = 0; hours < 24; hours += 1) {
      account.clock.advance(3600);
      await deliveries.retryDue();
    }
    expect(deliveries.all).toMatchObject([{ attempts: [500, 500, 500, 500], dueAt: null }]);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  });

  it("is told late, twice and in another order when a test wants it so", async () => {
    const { stripe, deliveries } = await listening("arranged", ["customer.created", "product.created"]);
    deliveries.hold();
    await stripe.customers.create();
    await stripe.products.create({ name: "P" });
    expect(received).toEqual([]);
    await deliveries.release((held) => [...held].reverse().flatMap((each) => [each, each]));
    const types = received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
    expect(types).toEqual(["product.created", "product.created", "customer.created", "customer.created"]);
  });

  it("is not told once it is disabled or gone", async () => {
    const { stripe, endpoint, deliveries } = await listening("gone", ["customer.created"]);
    await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
    await stripe.customers.create();
    await stripe.webhookEndpoints.del(endpoint.id);
    await stripe.customers.create();
    await deliveries.settled();
    expect(received).toEqual([]);
  });

  it("shows its secret once", async () => {
    const { stripe, endpoint } = await listening("secret", ["*"]);
    expect(endpoint.secret).toMatch(/^whsec_/);
    expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
  });

  it.each([
    "https://example.com/hook",
    "file:///etc/passwd",
    "http://127.0.0.1.evil.test/",
    "http://0x7f.1.evil.test",
    "no",
  ])("is refused at %s, since only this machine is told", async (url) => {
    const refusal = await refusalOf(test.stripe.webhookEndpoints.create({ url, enabled_events: ["*"] }));
    expect(refusal).toMatchObject({ statusCode: 400, code: "url_invalid" });
  });
});

describe("events", () => {
  it("can be read for 30 days", async () => {
    const { stripe, account } = await listening("old", ["*"]);
    await stripe.customers.create();
    const { data } = await stripe.events.list({ types: ["customer.*"] });
    expect(data).toHaveLength(1);
    account.clock.advance(30 * 24 * 3600 + 1);
    expect((await stripe.events.list()).data).toEqual([]);
    expect(await refusalOf(stripe.events.retrieve(data[0]?.id ?? ""))).toMatchObject({ code: "resource_missing" });
  });
});

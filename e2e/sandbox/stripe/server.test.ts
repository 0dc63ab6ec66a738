import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { BANNER } from "./server";
import { refusalOf, useTestSandbox } from "./testing/sandbox";

const test = useTestSandbox();

const raw = (
  path: string,
  { headers, ...init }: Omit<RequestInit, "headers"> & { headers?: Record<string, string> } = {},
) => fetch(`${test.sandbox.url}${path}`, { ...init, headers: { authorization: `Bearer ${test.key}`, ...headers } });
const form = { "content-type": "application/x-www-form-urlencoded" };

describe("who asks", () => {
  it.each(["sk_live_123456789", "sk_test_51Habcdef", "rk_test_sandbox_x", "sk_test_sandbox_a-b"])(
    "refuses the key %s",
    async (key) => {
      const refusal = await refusalOf(test.client(key).customers.list());
      expect(refusal).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
      expect(refusal.message).not.toContain(key.slice(9));
    },
  );

  it("refuses a request without a key", async () => {
    const response = await raw("/v1/customers", { headers: { authorization: "" } });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
  });

  it("keeps the objects of one key from another", async () => {
    const { id } = await test.stripe.customers.create();
    const refusal = await refusalOf(test.client("sk_test_sandbox_other").customers.retrieve(id));
    expect(refusal).toMatchObject({ statusCode: 404, code: "resource_missing" });
  });

  it("says on every answer and page that no money moves, and what version it speaks", async () => {
    const { lastResponse } = await test.stripe.customers.create();
    expect(lastResponse.headers["x-billing-sandbox"]).toBe(BANNER);
    expect(lastResponse.apiVersion).toBe("2026-10-28.endive");
    expect(lastResponse.requestId).toMatch(/^req_/);
    const page = await (await raw("/")).text();
    expect(page).toContain(BANNER);
    expect(page).not.toMatch(/stripe/i);
  });

  it("refuses another version of the API", async () => {
    const headers = { "stripe-version": "2019-12-03" };
    const response = await raw("/v1/customers", { headers });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Invalid Stripe API version: 2019-12-03");
  });
});

describe("what is asked", () => {
  it.each([
    ["an address that the contract does not know", "GET", "/v1/nothing", 404],
    ["a method that the contract does not know", "DELETE", "/v1/customers", 404],
    ["an operation that is not built", "GET", "/v1/balance", 404],
  ])("refuses %s in the API's own words", async (_, method, path, status) => {
    const response = await raw(path, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
  });

  it.each([
    [
      "payment_method_types on Checkout (case 41)",
      () => test.stripe.checkout.sessions.create({ payment_method_types: ["card"] } as never),
      "payment_method_types",
    ],
    [
      "coupon on a subscription",
      () => test.stripe.subscriptions.create({ customer: "cus_x", coupon: "c" } as never),
      "coupon",
    ],
    [
      "an unknown member of a hash",
      () => test.stripe.customers.create({ address: { planet: "Mars" } } as never),
      "address[planet]",
    ],
    [
      "an unknown member of a list's item",
      () => test.stripe.subscriptions.create({ customer: "c", items: [{ price: "p", prise: "q" }] } as never),
      "items[0][prise]",
    ],
    ["an unknown parameter of a list", () => test.stripe.customers.list({ name: "x" } as never), "name"],
  ])("refuses %s as unknown", async (_, call, param) => {
    const refusal = await refusalOf(call());
    expect(refusal).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(refusal).toMatchObject({ statusCode: 400, code: "parameter_unknown", param });
  });

  it.each([
    ["a word for a number", { balance: "much" }, "parameter_invalid_integer", "balance"],
    ["an unlisted word", { tax_exempt: "maybe" }, undefined, "tax_exempt"],
    ["a hash for a word", { email: { at: "x" } }, "parameter_invalid_string", "email"],
    ["what is not built", { source: "tok_visa" }, undefined, "source"],
  ])("refuses %s", async (_, params, code, param) => {
    const refusal = await refusalOf(test.stripe.customers.create(params as never));
    expect(refusal).toMatchObject({ statusCode: 400, param });
    expect(refusal.code).toBe(code);
  });

  it("refuses a parameter that is missing", async () => {
    const refusal = await refusalOf(test.stripe.products.create({} as never));
    expect(refusal).toMatchObject({ statusCode: 400, code: "parameter_missing", param: "name" });
  });

  it("refuses a body that is no form", async () => {
    const headers = { "content-type": "application/json" };
    expect((await raw("/v1/customers", { method: "POST", body: "{}", headers })).status).toBe(400);
  });

  it("refuses a body that is too large", async () => {
    const response = await raw("/v1/customers", {
      method: "POST",
      body: `name=${"x".repeat(1_100_000)}`,
      headers: form,
    });
    expect(response.status).toBe(413);
  });

  it("refuses a body of version 2 that is no JSON, and a wrong one", async () => {
    const headers = { "content-type": "application/json" };
    const at = (body: string) => raw("/v2/billing/meter_events", { method: "POST", body, headers });
    expect((await at("{")).status).toBe(400);
    expect(await (await at('{"event_name":"e","payload":{"value":1}}')).json()).toMatchObject({
      error: { param: "payload[value]" },
    });
  });
});

describe("a request with an idempotency key", () => {
  it("is done once and answered the same", async () => {
    const options = { idempotencyKey: "once" };
    const first = await test.stripe.customers.create({ name: "A" }, options);
    const second = await test.stripe.customers.create({ name: "A" }, options);
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
  });

  it("is refused with other parameters", async () => {
    await test.stripe.customers.create({ name: "A" }, { idempotencyKey: "same" });
    const refusal = await refusalOf(test.stripe.customers.create({ name: "B" }, { idempotencyKey: "same" }));
    expect(refusal).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  it("is refused while the first is being done", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    test.sandbox.faults.order({ operation: "POST /v1/customers", kind: "hold", until: promise });
    const first = test.stripe.customers.create({ name: "A" }, { idempotencyKey: "slow" });
    // The second may come first on its own connection: then it is the one that is held.
    const second = test.stripe.customers.create({ name: "A" }, { idempotencyKey: "slow" });
    const refused = await Promise.race([refusalOf(first), refusalOf(second)]);
    expect(refused).toMatchObject({ statusCode: 409, code: "idempotency_key_in_use" });
    resolve();
    const outcomes = await Promise.allSettled([first, second]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("may be used anew after a refusal of its parameters", async () => {
    const options = { idempotencyKey: "repaired" };
    await refusalOf(test.stripe.customers.create({ bogus: 1 } as never, options));
    expect((await test.stripe.customers.create({ name: "A" }, options)).name).toBe("A");
  });

  it("is forgotten a day later by the account's clock", async () => {
    const options = { idempotencyKey: "a day" };
    const stripe = test.client("sk_test_sandbox_clock");
    const first = await stripe.customers.create({}, options);
    test.sandbox.account("sk_test_sandbox_clock").account.clock.advance(24 * 60 * 60);
    expect((await stripe.customers.create({}, options)).id).not.toBe(first.id);
  });
});

describe("a fault", () => {
  it("limits the rate, and the SDK throws it", async () => {
    test.sandbox.faults.order({ operation: "GET /v1/customers", kind: "rate-limit" });
    expect(await refusalOf(test.stripe.customers.list())).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    expect((await test.stripe.customers.list()).object).toBe("list");
  });

  it("breaks the server, and the SDK's retry succeeds", async () => {
    test.sandbox.faults.order({ operation: "POST /v1/customers", kind: "server-error" });
    const stripe = test.client(test.key, { maxNetworkRetries: 1 });
    expect((await stripe.customers.create({ name: "Again" })).name).toBe("Again");
  });

  it("loses the answer after the work was done, and the retry gets that answer", async () => {
    const key = "sk_test_sandbox_reset";
    test.sandbox.faults.order({ operation: "POST /v1/customers", kind: "reset-after-commit" });
    const stripe = test.client(key, { maxNetworkRetries: 1 });
    const created = await stripe.customers.create({ name: "Once" });
    const { data } = await stripe.customers.list();
    expect(data.map(({ id }) => id)).toEqual([created.id]);
  });
});

import { defineWorkflow, inputs, ref, secret } from "maestro-conductor/workflow";

const input = inputs({
  order: { type: "string", description: "The order to refund", max_length: 40 },
  amount: { type: "number", description: "Cents to give back", min: 1, max: 5_000_000 },
});

/** Refunds an order: small amounts at once, large ones go to the people who decide about them. */
export default defineWorkflow({
  name: "Refund an order",
  description: "Reads the order, refunds up to 500.00 by itself, and asks the finance desk about anything above.",
  attributes: {
    environment: "prod",
    region: "eu",
    risk_profile: "high",
    business_unit: "payments",
    data_sensitivity: "confidential",
  },
  importance: "important",
  input,
  steps: [
    {
      id: "fetch",
      name: "Read the order",
      type: "http",
      request: {
        url: `https://orders.example.com/v2/orders/${input("order")}`,
        headers: { Authorization: `Bearer ${secret("ORDERS_TOKEN")}` },
      },
      timeout_seconds: 5,
      retries: 5,
      next: "decide",
    },
    {
      id: "decide",
      name: "Small, and paid?",
      type: "branch",
      cases: [
        { when: 'steps.fetch.output.body.state != "paid"', next: "refuse" },
        { when: "input.amount <= 50000", next: "refund" },
      ],
      otherwise: "ask",
    },
    {
      id: "refund",
      name: "Refund it",
      type: "http",
      request: {
        method: "POST",
        url: "https://payments.example.com/v1/refunds",
        headers: { Authorization: `Bearer ${secret("PAYMENTS_TOKEN")}` },
        body: { payment: ref.step("fetch", "body", "payment"), amount: input("amount") },
      },
      expected_status: [200, 201],
      // The payment service answers the same idempotency key with the same refund.
      retries: 10,
    },
    {
      id: "ask",
      name: "Ask the finance desk",
      type: "notify",
      to: "finance@example.com",
      subject: `Refund of order ${input("order")}`,
      text: `A refund of ${input("amount")} cents for order ${input("order")} is more than may be paid without you.`,
    },
    {
      id: "refuse",
      name: "Tell support",
      type: "notify",
      to: "support@example.com",
      subject: `Order ${input("order")} is not refunded`,
      text: `Its state is ${ref.step("fetch", "body", "state")}; only a paid order is refunded.`,
    },
  ],
});

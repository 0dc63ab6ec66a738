import type { z } from "zod";
import type { definitionSchema } from "@/server/workflows/domain/definition";

type Definition = z.input<typeof definitionSchema>;

const attributes = {
  environment: "prod",
  region: "eu",
  risk_profile: "medium",
  business_unit: "general",
  data_sensitivity: "internal",
} as const;

/** A shop that has fewer than this orders as many as are missing. */
const LOW_STOCK = 10;

/** Two ways at once, then each shop: what a run with parallel and for-each steps looks like. */
const restockShops: Definition = {
  name: "Restock shops",
  description: "Reads stock and orders side by side, works out what each shop needs, and keeps the list as evidence.",
  attributes: { ...attributes, risk_profile: "low" },
  execution_class: "bulk",
  steps: [
    { id: "read", name: "Read both lists", type: "parallel", branches: ["stock", "orders"], next: "shops" },
    {
      id: "stock",
      name: "Stock of the shops",
      type: "transform",
      expression: `[
        { "shop": "Berlin", "sku": "T-100", "count": 4 },
        { "shop": "Lisbon", "sku": "T-100", "count": 31 },
        { "shop": "Oslo", "sku": "T-100", "count": 7 },
        { "shop": "Turin", "sku": "T-100", "count": 2 }
      ]`,
    },
    {
      id: "orders",
      name: "Orders that are on their way",
      type: "transform",
      expression: `[{ "shop": "Oslo", "sku": "T-100", "count": 20 }]`,
      next: "settle",
    },
    { id: "settle", name: "Let late orders come in", type: "wait", seconds: 1 },
    {
      id: "shops",
      name: "Each shop",
      type: "for-each",
      items: "steps.stock.output",
      body: "need",
      at_once: 2,
      on_error: "continue",
      next: "keep",
    },
    {
      id: "need",
      name: "What it needs",
      type: "transform",
      expression: `(
        $coming := $sum(steps.orders.output[shop = $$.item.shop].count);
        { "shop": item.shop, "order": item.count + $coming < ${LOW_STOCK} ? ${LOW_STOCK} - item.count : 0 }
      )`,
    },
    {
      id: "keep",
      name: "Keep the list",
      type: "evidence",
      file: "restock.json",
      content: { shops: "{{ steps.shops.output }}" },
    },
  ],
};

/** Small amounts go through, larger ones wait for two people. */
const paySupplier: Definition = {
  name: "Pay a supplier",
  description: "Pays small invoices at once, and asks two people about the others.",
  attributes: { ...attributes, risk_profile: "high", data_sensitivity: "confidential" },
  importance: "important",
  input: {
    supplier: { type: "string", description: "Who is paid", max_length: 80 },
    amount: { type: "number", description: "Euros, with value added tax", min: 1, max: 1_000_000 },
  },
  steps: [
    {
      id: "size",
      name: "Small enough?",
      type: "branch",
      cases: [{ when: "input.amount <= 500", next: "note" }],
      otherwise: "ask",
    },
    {
      id: "ask",
      name: "Ask for approval",
      type: "approval",
      title: "Pay {{ input.amount }} euros to {{ input.supplier }}?",
      details: "The invoice was checked against its order. It is due at the end of the week.",
      stages: [
        { role: "workflow_reviewer", quorum: 1, expires_hours: 48 },
        { role: "tenant_admin", quorum: 1, expires_hours: 72 },
      ],
      next: "note",
    },
    {
      id: "note",
      name: "Keep the payment order",
      type: "evidence",
      file: "payment.json",
      content: { supplier: "{{ input.supplier }}", amount: "{{ input.amount }}" },
      next: "tell",
    },
    {
      id: "tell",
      name: "Tell accounting",
      type: "notify",
      to: "accounting@acme.test",
      subject: "Payment to {{ input.supplier }}",
      text: "{{ input.amount }} euros are paid to {{ input.supplier }} today.",
    },
  ],
};

/** Calls a system that is not there, so that there is something to find out about. */
const bookOrder: Definition = {
  name: "Book an order",
  description: "Books an order of the shop in the ledger. The demo has no ledger, so this fails.",
  attributes,
  input: { order: { type: "string", description: "Number of the order", max_length: 40 } },
  steps: [
    {
      id: "check",
      name: "Check the number",
      type: "transform",
      expression: `{ "order": $uppercase(input.order), "isRush": $contains(input.order, "R") }`,
      next: "book",
    },
    {
      id: "book",
      name: "Book it in the ledger",
      type: "http",
      request: {
        method: "POST",
        url: "https://ledger.acme.test/v1/orders",
        headers: { Authorization: "Bearer {{ secrets.LEDGER_TOKEN }}" },
        body: { order: "{{ steps.check.output.order }}" },
      },
      retries: 1,
      timeout_seconds: 5,
      next: "keep",
    },
    {
      id: "keep",
      name: "Keep the booking",
      type: "evidence",
      file: "booking.json",
      content: "{{ steps.book.output.body }}",
    },
  ],
};

/** Started by the end of another workflow's run. */
const tellSupport: Definition = {
  name: "Tell support",
  description: "Writes to support when an order could not be booked.",
  attributes: { ...attributes, risk_profile: "low" },
  input: { run: { type: "string", description: "The run that failed" } },
  steps: [
    {
      id: "write",
      name: "Write to support",
      type: "notify",
      to: "support@acme.test",
      subject: "An order was not booked",
      text: "The run {{ input.run }} failed. Please book its order by hand.",
    },
  ],
};

/** Rests for hours before it goes on. */
const changeCertificate: Definition = {
  name: "Change the certificate",
  description: "Announces the change, waits a night, and keeps the proof.",
  attributes,
  execution_class: "low",
  steps: [
    {
      id: "announce",
      name: "Announce it",
      type: "notify",
      to: "operations@acme.test",
      subject: "The certificate of the shop is changed tomorrow",
      text: "The change begins in twelve hours. Nothing has to be done.",
      next: "night",
    },
    { id: "night", name: "Wait a night", type: "wait", seconds: 43_200, next: "proof" },
    {
      id: "proof",
      name: "Keep the proof",
      type: "evidence",
      file: "certificate.json",
      content: { announced: "{{ steps.announce.output }}" },
    },
  ],
};

/** Each start of it is approved first; it calls another workflow. */
const closeBooks: Definition = {
  name: "Close the books",
  description: "Brings the shops' lists up to date, and closes the month. Each start is approved first.",
  attributes: { ...attributes, risk_profile: "high" },
  input: { month: { type: "string", description: "The month to close, such as 2026-10", max_length: 7 } },
  approval_to_start: { stages: [{ role: "tenant_admin", quorum: 1, expires_hours: 168 }] },
  steps: [
    { id: "restock", name: "Restock shops", type: "workflow", workflow: "restock-shops", next: "close" },
    {
      id: "close",
      name: "Keep the closing",
      type: "evidence",
      file: "closing.json",
      content: { month: "{{ input.month }}" },
    },
  ],
};

/** What the demo's author wrote and its reviewer published, by address. */
export const PUBLISHED = {
  "restock-shops": restockShops,
  "pay-a-supplier": paySupplier,
  "book-an-order": bookOrder,
  "tell-support": tellSupport,
  "change-the-certificate": changeCertificate,
  "close-the-books": closeBooks,
} as const satisfies Record<string, Definition>;

/** The next version of one of them, which waits for its review. */
export const IN_REVIEW: Definition = {
  ...bookOrder,
  description: "Books an order of the shop in the ledger, and tries more often. The demo has no ledger, so this fails.",
  steps: bookOrder.steps.map((step) => (step.type === "http" ? { ...step, retries: 4 } : step)),
};

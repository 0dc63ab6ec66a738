import { defineWorkflow, ref, secret } from "maestro-conductor/workflow";

/** Brings stock and prices of every shop together: both sources at once, then the shops, ten at a time. */
export default defineWorkflow({
  name: "Nightly stock",
  description: "Reads stock and prices side by side, and sends every shop what changed for it.",
  attributes: {
    environment: "prod",
    region: "eu",
    risk_profile: "low",
    business_unit: "retail",
    data_sensitivity: "internal",
  },
  execution_class: "bulk",
  steps: [
    { id: "sources", name: "Read both sources", type: "parallel", branches: ["stock", "prices"], next: "changes" },
    {
      id: "stock",
      type: "http",
      request: {
        url: "https://warehouse.example.com/stock",
        headers: { Authorization: `Bearer ${secret("WAREHOUSE_TOKEN")}` },
      },
    },
    { id: "prices", type: "http", request: { url: "https://prices.example.com/current.json" } },
    {
      id: "changes",
      name: "What each shop needs",
      type: "transform",
      expression: `(
        $prices := steps.prices.output.body;
        $shops := steps.stock.output.body{ shop: [$.{ "sku": sku, "count": count, "price": $lookup($prices, sku) }] };
        [$each($shops, function($items, $shop) { { "shop": $shop, "items": $items } })]
      )`,
      next: "shops",
    },
    {
      id: "shops",
      name: "Every shop",
      type: "for-each",
      items: "steps.changes.output",
      body: "send",
      max_items: 500,
      // A shop that is closed must not keep the others from their stock.
      on_error: "continue",
      next: "report",
    },
    {
      id: "send",
      name: "Send it to the shop",
      type: "http",
      request: {
        method: "PUT",
        url: `https://shops.example.com/${ref.item("shop")}/stock`,
        headers: { Authorization: `Bearer ${secret("SHOPS_TOKEN")}` },
        body: { items: ref.item("items"), batch: ref.index() },
      },
    },
    {
      id: "report",
      type: "evidence",
      file: "nightly-stock.json",
      content: { shops: ref.step("shops") },
    },
  ],
});

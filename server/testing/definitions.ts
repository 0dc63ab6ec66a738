export const ATTRIBUTES = {
  environment: "dev",
  region: "eu",
  risk_profile: "low",
  business_unit: "general",
  data_sensitivity: "internal",
};

/** A valid definition with two HTTP steps; `over` replaces its parts. */
export function twoStepDefinition(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: "Sync orders",
    attributes: ATTRIBUTES,
    input: { order: { type: "string" } },
    steps: [
      { id: "fetch", type: "http", request: { url: "https://orders.example.test/{{ input.order }}" }, next: "push" },
      {
        id: "push",
        type: "http",
        request: {
          method: "POST",
          url: "https://ledger.example.test/",
          body: { order: "{{ steps.fetch.output.body }}" },
        },
      },
    ],
    ...over,
  };
}

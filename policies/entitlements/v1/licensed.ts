import type { Sku } from "../schema";

const OWN_OPERATION = [
  ...([
    "governance-packs",
    "receipts",
    "public-api",
    "sso",
    "custom-adapters",
    "own-policy",
    "access-reviews",
  ] as const),
  ...(["drift-detection", "incident-automation", "compliance-pack", "internal-audit", "policy-bundle"] as const),
] as const;

export const internal: Sku = {
  ...{ id: "internal", title: "Internal Edition" },
  profile: "Our own departments, in a deployment that we run for ourselves.",
  terms: ["Charged to the department each month: what its use cost, and the markup.", "No contract and no payment."],
  features: [...OWN_OPERATION],
  limits: {
    ...{ seatsIncluded: null, runsPerMonth: null, concurrentRuns: null },
    ...{ wuIncluded: null, wuCap: null, retentionMonths: 24 },
  },
  price: { kind: "chargeback", markupMilli: 100 },
};

export const whiteLabel: Sku = {
  ...{ id: "white-label", title: "White-Label Edition" },
  profile: "A partner who runs the product under a name of its own, for customers of its own.",
  terms: [
    "A licence by the year: the fee per tenant, and at least the commitment.",
    "A signed licence file says what is entitled, and until when.",
    "The partner supports its customers; we support the partner, by the level chosen.",
  ],
  features: [...OWN_OPERATION, "own-branding"],
  limits: {
    ...{ seatsIncluded: null, runsPerMonth: null, concurrentRuns: null },
    ...{ wuIncluded: null, wuCap: null, retentionMonths: 24 },
  },
  price: {
    ...{ kind: "licence", commitCents: 3_600_000, perTenantCents: 180_000 },
    support: { business: 600_000, priority: 1_800_000, dedicated: 6_000_000 },
  },
};

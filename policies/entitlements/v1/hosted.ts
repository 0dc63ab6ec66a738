import type { Sku } from "../schema";

const METER = "conductor_weighted_tasks";

const STANDARD_FEATURES = ["governance-packs", "receipts", "public-api"] as const;
const PRO_FEATURES = [
  ...STANDARD_FEATURES,
  ...(["sso", "custom-adapters", "own-policy", "access-reviews", "drift-detection"] as const),
] as const;
const ENTERPRISE_FEATURES = [...PRO_FEATURES, "internal-audit", "policy-bundle"] as const;

const MONTHLY = "Monthly in advance; use in arrears. Cancelled to the end of a month.";

export const standard: Sku = {
  ...{ id: "standard", title: "Hosted SaaS Standard" },
  profile: "A team that automates its first processes: up to a dozen people, some thousand runs a month.",
  terms: [MONTHLY, "Support by e-mail, answered within two working days.", "Data kept in one region of our choice."],
  features: [...STANDARD_FEATURES],
  limits: {
    ...{ seatsIncluded: 3, runsPerMonth: 50_000, concurrentRuns: 20 },
    ...{ wuIncluded: 10_000, wuCap: 50_000, retentionMonths: 3 },
  },
  price: {
    kind: "subscription",
    base: { lookupKey: "conductor_standard_base_v1", cents: 9_900 },
    seat: { lookupKey: "conductor_standard_seat_v1", cents: 1_900 },
    usage: {
      ...{ lookupKey: "conductor_standard_usage_v1", meter: METER },
      tiers: [
        { upToWu: 10_000, centsPerWu: "0" },
        { upToWu: null, centsPerWu: "1" },
      ],
    },
    addOns: {
      incident: { lookupKey: "conductor_standard_incident_v1", cents: 7_900 },
      compliance: { lookupKey: "conductor_standard_compliance_v1", cents: 14_900 },
    },
  },
};

export const pro: Sku = {
  ...{ id: "pro", title: "Hosted SaaS Pro" },
  profile: "A company whose operations depend on it: several teams, auditors who ask, programs of its own.",
  terms: [
    MONTHLY,
    "A year paid in advance costs 15 % less.",
    "Support in working hours, answered within four of them; 99.9 % availability.",
    "Data kept in the region that the customer chooses.",
  ],
  features: [...PRO_FEATURES],
  limits: {
    ...{ seatsIncluded: 10, runsPerMonth: 1_000_000, concurrentRuns: 100 },
    ...{ wuIncluded: 100_000, wuCap: null, retentionMonths: 12 },
  },
  price: {
    kind: "subscription",
    base: { lookupKey: "conductor_pro_base_v1", cents: 49_900 },
    seat: { lookupKey: "conductor_pro_seat_v1", cents: 2_900 },
    usage: {
      ...{ lookupKey: "conductor_pro_usage_v1", meter: METER },
      tiers: [
        { upToWu: 100_000, centsPerWu: "0" },
        { upToWu: 500_000, centsPerWu: "0.25" },
        { upToWu: 1_000_000, centsPerWu: "0.18" },
        { upToWu: null, centsPerWu: "0.12" },
      ],
    },
    addOns: {
      incident: { lookupKey: "conductor_pro_incident_v1", cents: 19_900 },
      compliance: { lookupKey: "conductor_pro_compliance_v1", cents: 34_900 },
    },
  },
};

export const enterprise: Sku = {
  ...{ id: "enterprise", title: "Hosted SaaS Enterprise" },
  profile: "A regulated company with hundreds of people and millions of tasks a month, under audit each year.",
  terms: [
    "By the year, invoiced; discount for a commitment by agreement.",
    "Support at all hours, answered within one; 99.95 % availability with credits.",
    "Compliance included; data processing agreement; a named contact.",
  ],
  features: [...ENTERPRISE_FEATURES],
  limits: {
    ...{ seatsIncluded: 50, runsPerMonth: null, concurrentRuns: 1_000 },
    ...{ wuIncluded: 1_000_000, wuCap: null, retentionMonths: 24 },
  },
  price: {
    kind: "subscription",
    base: { lookupKey: "conductor_enterprise_base_v1", cents: 299_900 },
    seat: { lookupKey: "conductor_enterprise_seat_v1", cents: 3_500 },
    usage: {
      ...{ lookupKey: "conductor_enterprise_usage_v1", meter: METER },
      tiers: [
        { upToWu: 1_000_000, centsPerWu: "0" },
        { upToWu: 5_000_000, centsPerWu: "0.1" },
        { upToWu: null, centsPerWu: "0.085" },
      ],
    },
    addOns: { incident: { lookupKey: "conductor_enterprise_incident_v1", cents: 49_900 }, compliance: null },
  },
};

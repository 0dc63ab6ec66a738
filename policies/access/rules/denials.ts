import type { Rule } from "../rule";

/** What nobody may, whatever their roles grant. */
export const denialRules: readonly Rule[] = [
  {
    id: "own-work",
    title: "Nobody approves or publishes what they shaped themselves",
    why: "A change has two people behind it, or it has none.",
    tier: "hard",
    actions: ["workflow.review", "workflow.publish", "approval.decide"],
    when: { atoms: { contributor: true } },
  },
  {
    id: "residency",
    title: "What is confined to its region is done by people of that region",
    why: "Contracts and laws say where data is worked on; no emergency changes them.",
    tier: "hard",
    actions: { confined: "region" },
    when: { atoms: { same_region: false } },
  },
  {
    id: "own-unit",
    title: "What is confined to its business unit is done by people of that unit",
    why: "Units that share a tenant do not run each other's work, except in need.",
    tier: "soft",
    actions: { confined: "business_unit" },
    when: { atoms: { same_business_unit: false } },
  },
];

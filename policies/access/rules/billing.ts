import type { Rule } from "../rule";

export const billingRules: readonly Rule[] = [
  {
    id: "billing",
    title: "Administrators see and change what the tenant pays for",
    why: "Money is spent by who answers for the tenant.",
    roles: ["tenant_admin", "conductor_admin"],
    actions: ["billing.read", "billing.change"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "pricing",
    title: "Conductor administrators see costs and margins, and set prices",
    why: "What it costs to run the deployment is its operator's own business.",
    roles: ["conductor_admin"],
    actions: ["pricing.read", "pricing.set"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "catalogue-sign",
    title: "Conductor administrators sign what is sold, each version once and two people each",
    why: "A price that one person can put on sale alone is nobody's decision.",
    roles: ["conductor_admin"],
    actions: ["catalogue.sign"],
    when: { atoms: { same_tenant: true, person: true, requester: false } },
  },
];

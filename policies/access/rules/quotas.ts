import type { Rule } from "../rule";

export const quotaRules: readonly Rule[] = [
  {
    id: "quota-set",
    title: "Conductor administrators of the operating tenant set a tenant's quotas",
    why: "They share out what the deployment has; a tenant that could raise its own would take it from the others.",
    roles: ["conductor_admin"],
    actions: ["deployment.set_quotas"],
    when: { atoms: { same_tenant: true } },
  },
];

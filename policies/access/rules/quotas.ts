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
  {
    id: "tenant-provision",
    title: "Conductor administrators of the operating tenant make tenants for customers of a partner",
    why: "A tenant that comes with a plan is a thing that was sold, and only the seller hands it out.",
    roles: ["conductor_admin"],
    actions: ["deployment.provision"],
    when: { atoms: { same_tenant: true } },
  },
];

import type { Rule } from "../rule";
import { ROLES } from "../vocabulary";

/** What guards runs and what proves them: objectives, incidents, evidence, audits. */
export const assuranceRules: readonly Rule[] = [
  {
    id: "assurance-read",
    title: "Every member sees objectives and incidents",
    why: "Whether what the tenant relies on holds concerns everyone who relies on it.",
    roles: ROLES,
    actions: ["slo.read", "incident.read"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "slo-set",
    title: "Administrators set objectives",
    why: "An objective that the operator who is measured by it could lower would say nothing.",
    roles: ["tenant_admin", "conductor_admin"],
    actions: ["slo.set"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "incident-declare",
    title: "Everyone who works with runs declares an incident",
    why: "Whoever sees it first says so.",
    roles: ["operator", "workflow_author", "workflow_reviewer", "tenant_admin", "conductor_admin"],
    actions: ["incident.declare"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "incident-work",
    title: "Operators and administrators acknowledge and resolve incidents",
    why: "Somebody has to have taken it on, by name.",
    roles: ["operator", "tenant_admin", "conductor_admin"],
    actions: ["incident.acknowledge", "incident.resolve"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "evidence-read",
    title: "Administrators, reviewers and readers see evidence, audits and findings",
    why: "Those who answer for it and those who check it; evidence may say more than a run shows everyone.",
    roles: ["tenant_admin", "conductor_admin", "workflow_reviewer", "read_only"],
    actions: ["evidence.read", "audit.read", "finding.read"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "evidence-work",
    title: "Administrators collect and export evidence, run audits and see to findings",
    why: "What leaves the tenant as proof leaves by the hand of who governs it.",
    roles: ["tenant_admin", "conductor_admin"],
    actions: ["evidence.collect", "evidence.export", "audit.run", "finding.assign", "finding.close"],
    when: { atoms: { same_tenant: true } },
  },
];

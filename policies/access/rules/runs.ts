import type { Rule } from "../rule";
import { ROLES } from "../vocabulary";

export const runRules: readonly Rule[] = [
  {
    id: "run-read",
    title: "Every member sees runs up to their clearance",
    why: "What a run carried may be more sensitive than who looks.",
    roles: ROLES,
    actions: ["run.read"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "run-operate",
    title: "Operators start runs",
    why: "Running what is published is the operator's duty.",
    roles: ["operator"],
    actions: ["run.start"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "run-try-out",
    title: "Authors try low and medium risk workflows outside production",
    why: "An author who cannot try a workflow publishes it untried.",
    roles: ["workflow_author"],
    actions: ["run.start"],
    when: {
      environment: ["dev", "staging"],
      riskProfile: ["low", "medium"],
      atoms: { same_tenant: true, cleared: true },
    },
  },
  {
    id: "run-stop",
    title: "Operators and administrators cancel and kill runs",
    why: "Stopping is the safe direction: it needs no clearance and no second person.",
    roles: ["operator", "tenant_admin", "conductor_admin"],
    actions: ["run.cancel", "run.kill"],
    when: { atoms: { same_tenant: true } },
  },
];

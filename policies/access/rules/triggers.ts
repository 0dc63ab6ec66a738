import type { Rule } from "../rule";
import { ROLES } from "../vocabulary";

export const triggerRules: readonly Rule[] = [
  {
    id: "trigger-read",
    title: "Every member sees triggers of workflows up to their clearance",
    why: "What starts by itself must be as visible as what people start.",
    roles: ROLES,
    actions: ["trigger.read"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "trigger-expose",
    title: "Administrators open webhooks and rotate their secrets",
    why: "A webhook's secret is a key in somebody else's hands; handing out keys is their duty.",
    roles: ["tenant_admin", "conductor_admin"],
    actions: ["trigger.expose", "trigger.rotate"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "trigger-operate",
    title: "Operators schedule workflows and let events start them",
    why: "When what is published runs is the operator's duty, by hand and by the clock.",
    roles: ["operator"],
    actions: ["trigger.schedule", "trigger.subscribe"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "trigger-try-out",
    title: "Authors schedule low and medium risk workflows outside production, let events start them, and end that",
    why: "They may start these by hand, too.",
    roles: ["workflow_author"],
    actions: ["trigger.schedule", "trigger.subscribe", "trigger.disable", "trigger.delete"],
    when: {
      environment: ["dev", "staging"],
      riskProfile: ["low", "medium"],
      atoms: { same_tenant: true, cleared: true },
    },
  },
  {
    id: "trigger-stop",
    title: "Operators and administrators disable and delete triggers",
    why: "Stopping is the safe direction: it needs no clearance and no second person.",
    roles: ["operator", "tenant_admin", "conductor_admin"],
    actions: ["trigger.disable", "trigger.delete"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "event-send",
    title: "Operators send events",
    why: "An event starts what subscribes to it, as an operator could.",
    roles: ["operator"],
    actions: ["event.send"],
    when: { atoms: { same_tenant: true } },
  },
];

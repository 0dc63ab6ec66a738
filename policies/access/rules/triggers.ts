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
    title: "Whoever may start a workflow schedules it and lets events start it, and ends that",
    why: "What starts by the clock or by an event is no other thing than what is started by hand.",
    roles: { within: "run" },
    actions: ["trigger.schedule", "trigger.subscribe", "trigger.disable", "trigger.delete"],
    when: { atoms: { same_tenant: true, cleared: true } },
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

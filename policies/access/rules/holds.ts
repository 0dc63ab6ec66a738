import type { Rule } from "../rule";

export const holdRules: readonly Rule[] = [
  {
    id: "hold-kill",
    title: "Operators and administrators kill a workflow or the tenant",
    why: "Stopping is the safe direction: it needs no clearance and no second person.",
    roles: ["operator", "tenant_admin", "conductor_admin"],
    actions: ["workflow.kill", "tenant.kill"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "hold-lift",
    title: "Administrators lift a kill",
    why: "Whoever stopped something in need does not also decide that it may run again.",
    roles: ["tenant_admin", "conductor_admin"],
    actions: ["workflow.lift", "tenant.lift"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "hold-pause",
    title: "Operators and administrators pause a workflow or the tenant",
    why: "Starts wait and none is lost, so no clearance is needed.",
    roles: ["operator", "tenant_admin", "conductor_admin"],
    actions: ["workflow.pause", "tenant.pause"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "hold-resume",
    title: "Operators and administrators resume what was paused",
    why: "It lets runs begin that were started before, within what the member may see.",
    roles: ["operator", "tenant_admin", "conductor_admin"],
    actions: ["workflow.resume", "tenant.resume"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "hold-deployment",
    title: "Conductor administrators of the operating tenant kill all tenants, and lift that",
    why: "It stops other people's work, so only who runs the deployment may; from any other tenant it is not theirs.",
    roles: ["conductor_admin"],
    actions: ["deployment.kill", "deployment.lift"],
    when: { atoms: { same_tenant: true } },
  },
];

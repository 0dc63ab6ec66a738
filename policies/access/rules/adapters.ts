import type { Rule } from "../rule";
import { ROLES } from "../vocabulary";

export const adapterRules: readonly Rule[] = [
  {
    id: "adapter-list",
    title: "Every member sees which adapters there are and where they lie",
    why: "Where a workflow sends what it holds must be as visible as the workflow. Nobody sees a signing secret.",
    roles: ROLES,
    actions: ["adapter.read"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "adapter-keep",
    title: "Administrators register adapters, change where they lie, and rotate their secrets",
    why: "Who could both write a workflow and say where an adapter lies could send what it holds to themselves.",
    roles: ["tenant_admin", "conductor_admin"],
    actions: ["adapter.register", "adapter.update", "adapter.rotate"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "adapter-end",
    title: "Operators and administrators end adapters",
    why: "Stopping is the safe direction: it needs no second person.",
    roles: ["operator", "tenant_admin", "conductor_admin"],
    actions: ["adapter.end"],
    when: { atoms: { same_tenant: true } },
  },
];

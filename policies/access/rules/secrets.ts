import type { Rule } from "../rule";

export const secretRules: readonly Rule[] = [
  {
    id: "secret-list",
    title: "Administrators, authors and reviewers see which secrets there are and where they may be sent",
    why: "Who writes a workflow has to name them, and who approves it has to see where they go. Nobody sees a value.",
    roles: ["tenant_admin", "conductor_admin", "workflow_author", "workflow_reviewer"],
    actions: ["secret.read"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "secret-keep",
    title: "Administrators set, confine and delete secrets",
    why: "Who could both write a workflow and say where a secret may go could send it to themselves.",
    roles: ["tenant_admin", "conductor_admin"],
    actions: ["secret.set", "secret.update", "secret.delete"],
    when: { atoms: { same_tenant: true } },
  },
];

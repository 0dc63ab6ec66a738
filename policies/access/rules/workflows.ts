import type { Rule } from "../rule";
import { ROLES } from "../vocabulary";

export const workflowRules: readonly Rule[] = [
  {
    id: "workflow-read",
    title: "Every member sees workflows up to their clearance",
    why: "A definition may name systems and data that are not for everyone.",
    roles: ROLES,
    actions: ["workflow.read"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "workflow-author",
    title: "Authors write workflows and submit them for review",
    why: "Writing and approving are held by different people.",
    roles: { within: "author" },
    actions: ["workflow.author", "workflow.submit"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "workflow-review",
    title: "Reviewers approve and publish versions",
    why: "A second pair of eyes, held by a role of its own.",
    roles: { within: "review" },
    actions: ["workflow.review", "workflow.publish"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "workflow-retire",
    title: "Reviewers and administrators retire workflows",
    why: "Taking something out of use is the safe direction.",
    roles: ["workflow_reviewer", "tenant_admin", "conductor_admin"],
    actions: ["workflow.retire"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
];

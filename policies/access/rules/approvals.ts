import type { Rule } from "../rule";
import { APPROVER_ROLES, ROLES } from "../vocabulary";

export const approvalRules: readonly Rule[] = [
  {
    id: "approval-read",
    title: "Every member sees requests for approval of runs up to their clearance",
    why: "Who waits for whom is no secret, and what is asked may be as sensitive as the run.",
    roles: ROLES,
    actions: ["approval.read"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "approval-decide",
    title: "People whose role a stage asks decide about what they neither wrote nor asked for, once",
    why: "An approval is the word of a second person: not the author's, not the requester's, and no program's.",
    roles: APPROVER_ROLES,
    actions: ["approval.decide"],
    when: {
      atoms: { same_tenant: true, cleared: true, person: true, asked: true, requester: false, voter: false },
    },
  },
];

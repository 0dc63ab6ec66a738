import { roleWord } from "@/policies/access/role-word";

interface Stage {
  role: string;
  quorum: number;
}

/** A chain of approvals as people read it: `2 × workflow reviewer, then 1 × tenant admin`. */
export const chainWords = (stages: readonly Stage[]): string =>
  stages.map(({ role, quorum }) => `${quorum} × ${roleWord(role)}`).join(", then ");

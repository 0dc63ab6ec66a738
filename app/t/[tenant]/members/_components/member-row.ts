import type { Rights } from "@/app/_shared/rights-fields";

/** A member as the members page shows them. */
export interface MemberRow extends Rights {
  id: string;
  name: string | null;
  email: string;
  joinedAt: string;
  /** Of an auditor: when it ends. */
  auditorUntil: string | null;
}

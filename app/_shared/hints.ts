import { canSome, rolesThatCan } from "@/policies/access/ability";
import type { Action, GovernanceProfile, Role } from "@/policies/access/vocabulary";
import { shippedPolicy } from "@/policies/packs";
import { roleWords } from "./role-words";

/** Whether a control is worth offering. A hint only: the verb behind it decides about the thing itself. */
export interface Hint {
  may: boolean;
  /** Said in place of the control when these roles can never do it. */
  why: string;
}

/** A reader in the tenant that they have entered. */
export interface Reader {
  roles: readonly Role[];
  governanceProfile: GovernanceProfile;
}

/** Could a reader ever do this under their tenant's pack, and if not, who could. */
export function hintOf({ roles, governanceProfile }: Reader, action: Action): Hint {
  const policy = shippedPolicy(governanceProfile);
  if (canSome(policy, roles, action)) return { may: true, why: "" };
  const who = rolesThatCan(policy, action);
  return { may: false, why: `Your roles (${roleWords(roles)}) do not allow it. Who could: ${roleWords(who)}.` };
}

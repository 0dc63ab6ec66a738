import { canSome, rolesThatCan } from "@/policies/access/ability";
import type { Policy } from "@/policies/access/policy";
import type { Action, Role } from "@/policies/access/vocabulary";
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
  /** What decides in the tenant: each has to allow it. */
  policies: readonly [Policy, ...Policy[]];
}

/** Could a reader ever do this under their tenant's pack, and if not, who could. */
export function hintOf({ roles, policies }: Reader, action: Action): Hint {
  if (policies.every((policy) => canSome(policy, roles, action))) return { may: true, why: "" };
  const [first, ...others] = policies.map((policy) => rolesThatCan(policy, action));
  const who = (first ?? []).filter((role) => others.every((roles) => roles.includes(role)));
  return { may: false, why: `Your roles (${roleWords(roles)}) do not allow it. Who could: ${roleWords(who)}.` };
}

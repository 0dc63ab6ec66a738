import { canSome } from "@/policies/access/ability";
import { RULES } from "@/policies/access/rules";
import type { Action, Role } from "@/policies/access/vocabulary";
import { roleWords } from "./role-words";

/** Whether a control is worth offering. A hint only: the verb behind it decides about the thing itself. */
export interface Hint {
  may: boolean;
  /** Said in place of the control when these roles can never do it. */
  why: string;
}

/** Could these roles ever do this, and if not, who could. */
export function hintOf(roles: readonly Role[], action: Action): Hint {
  if (canSome(roles, action)) return { may: true, why: "" };
  const who = [...new Set(RULES.filter((rule) => rule.actions.includes(action)).flatMap((rule) => rule.roles))];
  return { may: false, why: `Your roles (${roleWords(roles)}) do not allow it. Who could: ${roleWords(who)}.` };
}

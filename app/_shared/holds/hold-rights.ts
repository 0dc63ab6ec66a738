import { canSome } from "@/policies/access/ability";
import type { Action, Role } from "@/policies/access/vocabulary";

const HOLD_ACTIONS = [
  ...(["workflow.kill", "workflow.lift", "workflow.pause", "workflow.resume"] as const),
  ...(["tenant.kill", "tenant.lift", "tenant.pause", "tenant.resume"] as const),
  ...(["deployment.kill", "deployment.lift"] as const),
] as const satisfies readonly Action[];
export type HoldAction = (typeof HOLD_ACTIONS)[number];

/** What a reader may ever do about holds: a hint of which buttons are worth offering, never an answer. */
export function holdActions(reader: { roles: readonly Role[]; isOperator: boolean }): HoldAction[] {
  const here = HOLD_ACTIONS.filter((action) => reader.isOperator || !action.startsWith("deployment."));
  return here.filter((action) => canSome(reader.roles, action));
}

import { canSome } from "@/policies/access/ability";
import type { Action } from "@/policies/access/vocabulary";
import type { Reader } from "@/app/_shared/hints";

const HOLD_ACTIONS = [
  ...(["workflow.kill", "workflow.lift", "workflow.pause", "workflow.resume"] as const),
  ...(["tenant.kill", "tenant.lift", "tenant.pause", "tenant.resume"] as const),
  ...(["deployment.kill", "deployment.lift"] as const),
] as const satisfies readonly Action[];
export type HoldAction = (typeof HOLD_ACTIONS)[number];

/** What a reader may ever do about holds: a hint of which buttons are worth offering, never an answer. */
export function holdActions(reader: Reader & { isOperator: boolean }): HoldAction[] {
  const here = HOLD_ACTIONS.filter((action) => reader.isOperator || !action.startsWith("deployment."));
  return here.filter((action) => reader.policies.every((policy) => canSome(policy, reader.roles, action)));
}

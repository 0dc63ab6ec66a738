import type { Action, Role } from "@/policies/access/vocabulary";
import type { TriggerKind } from "./kinds";

/** The action that makes, alters or enables a trigger of a kind. */
export const KIND_ACTION = {
  webhook: "trigger.expose",
  schedule: "trigger.schedule",
  event: "trigger.subscribe",
} as const satisfies Record<TriggerKind, Action>;

const GOVERNS: readonly Role[] = ["tenant_admin", "conductor_admin"];

/**
 * The role in which a trigger acts that somebody with these roles makes: one that starts runs and that they hold, or that
 * they may hand out to a program. Null when there is none.
 */
export function roleToAct(roles: readonly Role[]): "operator" | "workflow_author" | null {
  if (roles.includes("operator") || GOVERNS.some((role) => roles.includes(role))) return "operator";
  return roles.includes("workflow_author") ? "workflow_author" : null;
}

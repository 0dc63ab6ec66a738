import type { ExecutionClass } from "@/server/workflows/domain/execution-class";

/** What somebody is about to kill or pause. */
export type HoldTarget =
  | { scope: "workflow"; name: string; workflowId: string }
  | { scope: "class"; name: string; executionClass: ExecutionClass }
  | { scope: "tenant"; name: string; slug: string }
  | { scope: "deployment"; name: string };

/** The right that this takes: a class is paused and resumed by who may pause the tenant, and cannot be killed (null). */
export function actionOn(scope: string, does: "kill" | "lift" | "pause" | "resume"): string | null {
  if (scope !== "class") return `${scope}.${does}`;
  return does === "pause" || does === "resume" ? `tenant.${does}` : null;
}

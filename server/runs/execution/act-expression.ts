import type { z } from "zod";
import { type Json, jsonFault } from "@/server/kernel/json";
import { firstToHold, runExpression } from "@/server/platform/expression-sandbox";
import type { branchStepSchema } from "@/server/workflows/domain/definition";
import type { TemplateScope } from "@/server/workflows/domain/template";
import { StepFailure } from "./step-failure";

/** Evaluates a transform's JSONata in the sandbox. Throws StepFailure when it fails, takes too long or grows too large. */
export async function actTransform(expression: string, scope: TemplateScope): Promise<Json> {
  const result = await runExpression(expression, scope);
  if (!result.ok) throw new StepFailure(result.reason, result.message);
  const fault = jsonFault(result.value);
  if (fault !== null) throw new StepFailure("expression", `The result ${fault}.`);
  return result.value;
}

/**
 * The step a branch goes to, or null when no case holds and there is no otherwise. A case that cannot be read is false.
 * Throws StepFailure when the cases take too long: their regular expressions backtrack, so they too are sandboxed.
 */
export async function chooseBranch(
  step: z.output<typeof branchStepSchema>,
  scope: TemplateScope,
): Promise<string | null> {
  const conditions = step.cases.map(({ when }) => when);
  const result = await firstToHold(conditions, scope);
  if (!result.ok) throw new StepFailure(result.reason, result.message);
  const taken = typeof result.value === "number" ? step.cases[result.value] : undefined;
  return taken?.next ?? step.otherwise ?? null;
}

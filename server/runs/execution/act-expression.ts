import { evaluate } from "@marcbachmann/cel-js";
import type { z } from "zod";
import type { Json } from "@/server/kernel/json";
import { runExpression } from "@/server/platform/expression-sandbox";
import type { branchStepSchema } from "@/server/workflows/domain/definition";
import type { TemplateScope } from "@/server/workflows/domain/template";
import { StepFailure } from "./step-failure";

/** Evaluates a transform's JSONata in the sandbox. Throws StepFailure when it fails, takes too long or grows too large. */
export async function actTransform(expression: string, scope: TemplateScope): Promise<Json> {
  const result = await runExpression(expression, scope);
  if (result.ok) return result.value;
  throw new StepFailure(result.reason, result.message);
}

/** CEL reads whole numbers as int64; JavaScript's would otherwise all be doubles, and `n == 1` or `n % 2` would fail. */
function celValue(value: Json): unknown {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item: Json) => celValue(item));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, celValue(item as Json)]));
  return value;
}

/** The step a branch goes to, or null when no case holds and there is no otherwise. A case that cannot be read is false. */
export function chooseBranch(step: z.output<typeof branchStepSchema>, scope: TemplateScope): string | null {
  const context = celValue(scope as unknown as Json) as Record<string, unknown>;
  for (const { when, next } of step.cases) {
    if (holds(when, context)) return next;
  }
  return step.otherwise ?? null;
}

function holds(when: string, context: Record<string, unknown>): boolean {
  try {
    return evaluate(when, context) === true;
  } catch {
    // cel-js throws on a missing key; in a condition that means "does not hold".
    return false;
  }
}

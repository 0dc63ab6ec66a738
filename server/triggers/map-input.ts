import type { Json } from "@/server/kernel/json";
import { invalid } from "@/server/kernel/errors";
import { type Walk, walkExpressions } from "@/server/platform/expression-sandbox";
import type { WorkflowDefinition } from "@/server/workflows/domain/definition";

type Input = Record<string, Json>;

/** What a trigger's expressions read: the body of a message as `body`, or an event as `event`. */
export type Seen = { body: Json } | { event: Json };

export const isObject = (value: unknown): value is Input =>
  typeof value === "object" && value !== null && !Array.isArray(value);

async function compute(step: Walk["steps"][string], seen: Seen) {
  const [walked] = await walkExpressions(
    { start: "it", steps: { it: step }, most: 1 },
    { input: {}, steps: {}, ...seen },
  );
  return walked?.result;
}

/** True when a CEL condition holds; one that fails, or looks at what is not there, does not. */
export async function holds(condition: string | null, seen: Seen): Promise<boolean> {
  if (condition === null) return true;
  const result = await compute({ cases: [{ when: condition, next: "yes" }] }, seen);
  return result?.ok === true && isObject(result.value) && result.value.next === "yes";
}

/**
 * The input that a trigger makes of what it saw: of a JSONata expression, or without one the fields of `from` that the
 * workflow declares. Throws Invalid when the expression fails or gives no object.
 */
export async function mapInput(
  { expression, declared }: { expression: string | null; declared: WorkflowDefinition["input"] },
  seen: Seen,
  from: Input,
): Promise<Input> {
  if (expression === null)
    return Object.fromEntries(Object.entries(from).filter(([name]) => Object.hasOwn(declared, name)));
  const result = await compute({ expression }, seen);
  const fault =
    result?.ok !== true
      ? (result?.message ?? "The expression failed.")
      : isObject(result.value)
        ? null
        : "The expression gave no object.";
  if (fault !== null)
    throw invalid(`The input cannot be made: ${fault}`, { fields: [{ path: "input", message: fault }] });
  return (result as { value: Input }).value;
}

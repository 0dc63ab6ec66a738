import { isObject, type Json } from "@/server/kernel/json";
import { invalid } from "@/server/kernel/errors";
import { compute, type Seen } from "@/server/platform/condition";
import type { WorkflowDefinition } from "@/server/workflows/domain/definition";

type Input = Record<string, Json>;

/**
 * The input that a trigger makes of what it saw: of a JSONata expression, or without one the fields of `from` that the
 * workflow declares. Throws Invalid when the expression fails or gives no object.
 */
export async function mapInput(
  { expression, declared }: { expression: string | null; declared: WorkflowDefinition["input"] },
  seen: Seen,
  { tenantId, from }: { tenantId: string; from: Input },
): Promise<Input> {
  if (expression === null)
    return Object.fromEntries(Object.entries(from).filter(([name]) => Object.hasOwn(declared, name)));
  const result = await compute({ expression }, seen, tenantId);
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

import { isObject, type Json } from "@/server/kernel/json";
import { type ExpressionResult, type Walk, walkExpressions } from "./expression-sandbox";

/** What expressions about something that came from outside read: the body of a message, or an event. */
export type Seen = { body: Json } | { event: Json };

/** What one expression of a tenant comes to over what was seen; undefined when it could not be computed. */
export async function compute(
  step: Walk["steps"][string],
  seen: Seen,
  tenantId: string,
): Promise<ExpressionResult | undefined> {
  const walk = { start: "it", steps: { it: step }, most: 1 };
  const [walked] = await walkExpressions(walk, { input: {}, steps: {}, ...seen }, { tenantId });
  return walked?.result;
}

/** True when a CEL condition of a tenant holds; one that fails, or looks at what is not there, does not. */
export async function conditionHolds(condition: string | null, seen: Seen, tenantId: string): Promise<boolean> {
  if (condition === null) return true;
  const result = await compute({ cases: [{ when: condition, next: "yes" }] }, seen, tenantId);
  return result?.ok === true && isObject(result.value) && result.value.next === "yes";
}

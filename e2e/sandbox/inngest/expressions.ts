import { Environment } from "@marcbachmann/cel-js";

const environment = new Environment({ unlistedVariablesAreDyn: false })
  .registerVariable("event", "dyn")
  .registerVariable("async", "dyn");

/** Whether an expression holds; none does always, and one that looks at what is not there does not. */
export function holds(expression: string | undefined, facts: { event: unknown; async?: unknown }): boolean {
  if (expression === undefined) return true;
  try {
    return environment.parse(expression)({ event: facts.event, async: facts.async ?? null }) === true;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("No such key")) return false;
    throw error;
  }
}

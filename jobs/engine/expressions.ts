import { Environment } from "@marcbachmann/cel-js";
import { log } from "@/server/platform/log";

/** What an expression may look at: what started the run, and (in waits and cancellations) what came in. */
export interface Facts {
  event: unknown;
  async?: unknown;
}

const environment = new Environment({ unlistedVariablesAreDyn: false })
  .registerVariable("event", "dyn")
  .registerVariable("async", "dyn");

/** JSON has one kind of number, CEL has two: whole numbers become ints, so that `n % 2` and `== 5` work. */
function toCel(value: unknown): unknown {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toCel(inner)]));
  return value;
}

type Evaluate = (facts: Readonly<Record<string, unknown>>) => unknown;
const parsed = new Map<string, Evaluate>();

// Expressions come from code, so there are few of them; a wait whose expression is built per run would not be.
const MOST_PARSED = 1_000;

function parse(expression: string): Evaluate {
  const known = parsed.get(expression);
  if (known !== undefined) return known;
  const evaluate: Evaluate = environment.parse(expression);
  if (parsed.size >= MOST_PARSED) parsed.clear();
  parsed.set(expression, evaluate);
  return evaluate;
}

/** Why an expression cannot be used, or null when it can. */
export function expressionProblem(expression: string): string | null {
  try {
    parse(expression);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.split("\n")[0] || "cannot be parsed" : "cannot be parsed";
  }
}

function evaluate(expression: string, facts: Facts): unknown {
  try {
    return parse(expression)({ event: toCel(facts.event), async: toCel(facts.async ?? null) });
  } catch (error) {
    // A key that is not there is an everyday "no"; anything else is worth a line.
    const message = error instanceof Error ? error.message : String(error);
    if (!message.startsWith("No such key")) log().warn({ expression, message }, "expression failed");
    return undefined;
  }
}

/** True when the expression holds; one that fails, or looks at what is not there, does not hold. */
export function holds(expression: string | null | undefined, facts: Facts): boolean {
  if (expression === null || expression === undefined || expression === "") return true;
  return evaluate(expression, facts) === true;
}

/** CEL's whole numbers are bigints, which JSON does not know; what has no text at all, such as a type, gives null. */
function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  const text: unknown = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "bigint" ? inner.toString() : inner,
  );
  return typeof text === "string" ? text : null;
}

/** The text of what an expression gives; null when it fails, looks at what is not there, or gives null. */
export function keyOf(expression: string, facts: Facts): string | null {
  const value = evaluate(expression, facts);
  const text = value === undefined || value === null ? null : textOf(value);
  // A text column holds neither.
  return text === null ? null : text.toWellFormed().replaceAll("\u0000", "\ufffd");
}

/** The number that an expression gives; null when it gives none. */
export function numberOf(expression: string, facts: Facts): number | null {
  const value = evaluate(expression, facts);
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

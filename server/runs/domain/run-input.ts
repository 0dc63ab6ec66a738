import { z } from "zod";
import type { Json } from "@/server/kernel/json";

/** The most that one value may weigh: characters of a text, or of what else it is as JSON. */
export const VALUE_MAX = 100_000;

/** JSON has no infinity, and half a number is none; `parseInput` has looked at depth and texts before. */
function isJson(value: unknown): value is Json {
  const open = [value];
  while (open.length > 0) {
    const at = open.pop();
    if (typeof at === "object" && at !== null) open.push(...(Object.values(at) as unknown[]));
    else if (
      typeof at === "number" ? !Number.isFinite(at) : !(at === null || ["string", "boolean"].includes(typeof at))
    )
      return false;
  }
  return true;
}

const weightOf = (value: Json) => (typeof value === "string" ? value.length : JSON.stringify(value).length);

/** A JSON value of a limited weight. */
export const jsonValueSchema = z
  .custom<Json>(isJson, { error: "must be a JSON value", abort: true })
  .refine((value) => weightOf(value) <= VALUE_MAX, { error: `must have at most ${VALUE_MAX} characters` });

/** What a start brings, by name; whether it is what the workflow declares is for `checkRunInput` to say. */
export const runInputSchema = z.record(z.string().max(63), jsonValueSchema);

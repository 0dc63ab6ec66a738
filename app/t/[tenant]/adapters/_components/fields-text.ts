import type { z } from "zod";
import type { registerAdapterSchema } from "@/server/adapters/schemas";
import type { AdapterRow } from "./adapter-row";

type Fields = NonNullable<z.input<typeof registerAdapterSchema>["input"]>;

/** What a text declares; whether its words are among the accepted ones is for the server to say. */
export function readFields(text: string): { fields: Fields } | { fault: true } {
  if (text.trim() === "") return { fields: {} };
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? { fields: value as Fields } : { fault: true };
  } catch {
    return { fault: true };
  }
}

/** Declared fields as their author reads them. */
export const writeFields = (input: AdapterRow["input"]): string =>
  Object.keys(input).length === 0 ? "" : JSON.stringify(input, null, 2);

type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A value as JSON carries it: keys without a value are gone. */
export function asJson(value: unknown): JsonValue {
  // JSON.parse gives nothing but JSON.
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

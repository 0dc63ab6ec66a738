import { canonicalJson, digestJson, type Json } from "@/server/kernel/json";

/** Fields of an event's data, and what each must be. */
export type Matches = Readonly<Record<string, Json>>;

/** An event as conditions read it. */
export interface SeenEvent {
  id: string;
  name: string;
  data: Readonly<Record<string, Json>>;
}

/** What a step waits for, as it stands in its input once the wait has begun. */
export interface AwaitedEvent {
  event: string;
  match: Matches;
  /** CEL over `event`; null: any will do. */
  when: string | null;
  timeout_seconds: number;
}

const keyOf = (field: string, value: Json | undefined) => digestJson([field, value ?? null]);

/** What a wait is looked up by: the first of its fields, by name, with its value. Empty for one that names none. */
export function matchKeyOf(matches: Matches): string {
  const [first] = Object.keys(matches).sort();
  return first === undefined ? "" : keyOf(first, matches[first]);
}

/** All that waits for an event may be looked up by. */
export const matchKeysOf = (data: SeenEvent["data"]): string[] => [
  "",
  ...Object.entries(data).map(([field, value]) => keyOf(field, value)),
];

/** True when an event's data has all these fields with these values; `7` and `"7"` are two values. */
export const isMatched = (matches: Matches, data: SeenEvent["data"]): boolean =>
  Object.entries(matches).every(
    ([field, value]) => Object.hasOwn(data, field) && canonicalJson(data[field]) === canonicalJson(value),
  );

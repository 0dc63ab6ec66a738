import { invalid } from "./errors";

type Given = Readonly<Record<string, string | number | null>> | "" | null | undefined;

// Documented: docs.stripe.com/api/metadata.
const KEYS_MAX = 50;
const KEY_LENGTH_MAX = 40;
const VALUE_LENGTH_MAX = 500;

/** Metadata after a request: an empty value removes its key, an empty whole removes all, other keys stay. */
export function mergedMetadata(
  given: Given,
  before: Readonly<Record<string, string>> | null = {},
): Record<string, string> {
  if (given === "" || given === null) return {};
  const after = new Map(Object.entries(before ?? {}));
  for (const [key, value] of Object.entries(given ?? {})) {
    if (value === "" || value === null) after.delete(key);
    else after.set(checkedKey(key), checkedValue(key, String(value)));
  }
  if (after.size > KEYS_MAX) throw invalid(`You cannot have more than ${KEYS_MAX} metadata keys.`, "metadata");
  return Object.fromEntries(after);
}

function checkedKey(key: string): string {
  if (key.length <= KEY_LENGTH_MAX && !/[[\]]/.test(key)) return key;
  throw invalid(`Metadata keys have at most ${KEY_LENGTH_MAX} characters and no square brackets.`, `metadata[${key}]`);
}

function checkedValue(key: string, value: string): string {
  if (value.length <= VALUE_LENGTH_MAX) return value;
  throw invalid(`Metadata values have at most ${VALUE_LENGTH_MAX} characters.`, `metadata[${key}]`);
}

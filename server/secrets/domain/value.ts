/** Shorter values would be redacted out of texts that merely happen to hold the same letters. */
export const VALUE_CHARS_MIN = 8;
const VALUE_CHARS_MAX = 8_000;
const DIFFERENT_CHARS_MIN = 4;

/** What keeps a text from being a secret, in words that do not repeat it; null when nothing does. */
export function valueFault(value: string): string | null {
  if (value.length < VALUE_CHARS_MIN) return `must have at least ${VALUE_CHARS_MIN} characters`;
  if (value.length > VALUE_CHARS_MAX) return `must have at most ${VALUE_CHARS_MAX} characters`;
  if (!value.isWellFormed() || /[^\P{Cc}\n\r\t]/u.test(value)) return "must be text without control characters";
  // A header loses them on its way, so that what comes back would not be recognised.
  if (value.trim() !== value) return "must not begin or end with white space";
  if (new Set(value).size < DIFFERENT_CHARS_MIN)
    return `must hold at least ${DIFFERENT_CHARS_MIN} different characters`;
  return null;
}

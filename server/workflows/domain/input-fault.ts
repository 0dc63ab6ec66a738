import type { Json } from "@/server/kernel/json";

export const INPUT_TYPES = ["string", "number", "boolean", "json"] as const;
export const INPUT_FORMATS = ["date", "date-time", "email", "uri"] as const;

/** What a workflow declares about one value that a start brings. */
export interface InputField {
  type: (typeof INPUT_TYPES)[number];
  description?: string | undefined;
  required: boolean;
  /** The only texts that it may be. */
  enum?: readonly string[] | undefined;
  format?: (typeof INPUT_FORMATS)[number] | undefined;
  /** UTF-16 units. */
  max_length?: number | undefined;
  min?: number | undefined;
  max?: number | undefined;
  /** Stands in for a value that a start does not bring. */
  default?: Json | undefined;
}

/** A day that the calendar has: 30 February is none. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** RFC 3339: a moment says its offset. */
function isMoment(text: string): boolean {
  const parts = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  return parts !== null && isDate(parts[1] ?? "") && !Number.isNaN(Date.parse(text));
}

const FORMATS: Readonly<Record<(typeof INPUT_FORMATS)[number], { words: string; fits: (text: string) => boolean }>> = {
  date: { words: "a date such as 2026-05-31", fits: isDate },
  "date-time": { words: "a moment with its offset, such as 2026-05-31T09:00:00Z", fits: isMoment },
  email: { words: "an e-mail address", fits: (text) => /^[^\s@"<>(),:;]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(text) },
  uri: { words: "an address such as https://example.com/", fits: (text) => URL.canParse(text) && !/\s/.test(text) },
};

function textFault(field: InputField, text: string): string | null {
  if (field.enum !== undefined && !field.enum.includes(text)) return `must be one of ${field.enum.join(", ")}`;
  if (field.max_length !== undefined && text.length > field.max_length)
    return `must have at most ${field.max_length} characters`;
  if (field.format !== undefined && !FORMATS[field.format].fits(text)) return `must be ${FORMATS[field.format].words}`;
  return null;
}

function numberFault({ min, max }: InputField, value: number): string | null {
  if (min !== undefined && value < min) return `must be at least ${min}`;
  return max !== undefined && value > max ? `must be at most ${max}` : null;
}

/** Why a value is not what a field declares, in words; null when it is. */
export function inputFault(field: InputField, value: Json): string | null {
  if (field.type === "json") return null;
  if (typeof value === "string" && field.type === "string") return textFault(field, value);
  if (typeof value === "number" && field.type === "number") return numberFault(field, value);
  return typeof value === field.type ? null : `must be a ${field.type}`;
}

import type { Json } from "@/server/kernel/json";
import { formsOf } from "./forms";

/** What stands where a secret's value stood. About as short as the shortest value, so that redaction makes nothing grow. */
export const REDACTED = "[redacted]";

/** Takes values of secrets, in every form in which they are recognised and in any case, out of what came from outside. */
export interface Redactor {
  text: (text: string) => string;
  /** Keys, texts and numbers of a JSON value, at every depth. */
  json: (value: Json) => Json;
}

/** In lower case, every character where it was: of all that there are, one becomes two. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replaceAll(/[A-Z]/g, (char) => char.toLowerCase());
}

/** Every stretch of the text that holds one of the forms, those that overlap or touch as one. */
function stretches(text: string, forms: readonly string[]): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (const form of forms)
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) found.push([at, at + form.length]);
  found.sort(([a], [b]) => a - b);
  const joined: [number, number][] = [];
  for (const [from, to] of found) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function redactText(text: string, forms: readonly string[]): string {
  let [clean, at] = ["", 0];
  // Hosts are written in lower case by every parser of URLs, and some targets shout.
  for (const [from, to] of stretches(lowered(text), forms)) {
    clean += `${text.slice(at, from)}${REDACTED}`;
    at = to;
  }
  return at === 0 ? text : clean + text.slice(at);
}

/** A redactor for these values; for none, one that changes nothing. */
export function redactorOf(values: readonly string[]): Redactor {
  const forms = [...new Set(values.flatMap(formsOf).map(lowered))];
  const text = (from: string) => redactText(from, forms);
  const json = (value: Json): Json => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number") return text(String(value)) === String(value) ? value : REDACTED;
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item: Json) => json(item));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), json(item as Json)]));
  };
  return forms.length === 0 ? { text: (from) => from, json: (from) => from } : { text, json };
}

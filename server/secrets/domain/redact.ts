import type { Json } from "@/server/kernel/json";
import { formsOf } from "./forms";
import { layersOf } from "./peel";

/** What stands where a secret's value stood. About as short as the shortest value, so that redaction makes nothing grow. */
export const REDACTED = "[redacted]";

/** Takes values of secrets, in every form in which they are recognised and in any case, out of what came from outside. */
export interface Redactor {
  text: (text: string) => string;
  /** Keys, texts and numbers of a JSON value, at every depth. */
  json: (value: Json) => Json;
}

/**
 * A text in which what is written alike is the same, every character where it was: hosts are in lower case and some
 * targets shout, forms write a space as `+`, and base64 has two alphabets.
 */
function folded(text: string): string {
  const lower = text.toLowerCase();
  // Of all characters one becomes two in lower case.
  const even = lower.length === text.length ? lower : text.replaceAll(/[A-Z]/g, (char) => char.toLowerCase());
  return even.replaceAll(/[-+]/g, " ").replaceAll("_", "/");
}

type Stretch = [from: number, to: number];

function stretches(text: string, forms: readonly string[]): Stretch[] {
  const found: Stretch[] = [];
  for (const layer of layersOf(text)) {
    const within = folded(layer.text);
    for (const form of forms)
      for (let at = within.indexOf(form); at !== -1; at = within.indexOf(form, at + 1))
        found.push([layer.starts[at] ?? 0, layer.ends[at + form.length - 1] ?? 0]);
  }
  return found.sort(([a], [b]) => a - b);
}

/** The stretches, those that overlap or touch as one. */
function joined(found: readonly Stretch[]): Stretch[] {
  const whole: Stretch[] = [];
  for (const [from, to] of found) {
    const last = whole.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else whole.push([from, to]);
  }
  return whole;
}

function redactText(text: string, forms: readonly string[]): string {
  let [clean, at] = ["", 0];
  for (const [from, to] of joined(stretches(text, forms))) {
    clean += `${text.slice(at, from)}${REDACTED}`;
    at = to;
  }
  return at === 0 ? text : clean + text.slice(at);
}

/** A redactor for these values; for none, one that changes nothing. */
export function redactorOf(values: readonly string[]): Redactor {
  if (values.length === 0) return { text: (from) => from, json: (from) => from };
  const forms = [...new Set(values.flatMap(formsOf).map(folded))];
  const text = (from: string) => redactText(from, forms);
  const json = (value: Json): Json => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number") return text(String(value)) === String(value) ? value : REDACTED;
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item: Json) => json(item));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), json(item as Json)]));
  };
  return { text, json };
}

import { invalid } from "@/server/kernel/errors";
import { readCapped } from "@/server/platform/incoming";

const MAX_BYTES = 16_384;

function fieldsOf(text: string, type: string | undefined): [string, unknown][] {
  if (type === "application/x-www-form-urlencoded") return [...new URLSearchParams(text)];
  if (type !== "application/json") throw invalid("The body must be a form or JSON.");
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  } catch {
    // Said below, like any other body that is no object.
  }
  throw invalid("The body must be a JSON object.");
}

/** Reads a small form, or a JSON object, whose fields are single texts; throws Invalid for anything else. */
export async function readForm(request: Request): Promise<Record<string, string>> {
  const body = await readCapped(request, MAX_BYTES);
  if (body === null) throw invalid(`The body may have at most ${MAX_BYTES} bytes.`);
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  const fields = fieldsOf(new TextDecoder().decode(body), type);
  const texts = new Map<string, string>();
  for (const [name, value] of fields) {
    if (typeof value !== "string" || texts.has(name)) throw invalid(`${name}: must be one text.`, { field: name });
    texts.set(name, value);
  }
  return Object.fromEntries(texts);
}

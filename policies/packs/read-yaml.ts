import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";

type Path = readonly (string | number)[];

/** A file of policy that cannot be used, with where in it that lies. */
export class PackError extends Error {
  constructor(
    readonly file: string,
    readonly line: number,
    readonly reason: string,
  ) {
    super(`${file}:${line}: ${reason}`);
    this.name = "PackError";
  }
}

/** What a file says, and how to refuse one of its places. */
interface ReadFile<T> {
  data: T;
  refuse: (path: Path, reason: string) => PackError;
}

/** Reads YAML by a schema; throws PackError with the line of the first fault. */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
): ReadFile<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new PackError(file, lines.linePos(broken.pos[0]).line, broken.message.split("\n")[0] ?? "");
  const refuse = (path: Path, reason: string) =>
    new PackError(file, lineOf(document, path, lines), `${path.join(".") || "the whole"}: ${reason}`);
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {});
  if (parsed.success) return { data: parsed.data, refuse };
  const [issue] = parsed.error.issues;
  throw refuse((issue?.path ?? []) as Path, issue?.message ?? "is not valid");
}

/** The line of a place in the document, or of the nearest thing around it that is there. */
function lineOf(document: ReturnType<typeof parseDocument>, path: Path, lines: LineCounter): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range))
      return lines.linePos(Number(node.range[0])).line;
  }
  return 1;
}

import { LineCounter, parseDocument } from "yaml";
import { type Pack, packSchema } from "./schema";

/** A pack that cannot be used, with where in its file that lies. */
class PackError extends Error {
  constructor(
    readonly file: string,
    readonly line: number,
    readonly reason: string,
  ) {
    super(`${file}:${line}: ${reason}`);
    this.name = "PackError";
  }
}

/** Reads a pack's file; throws PackError with the line of the first fault. */
export function parsePack(text: string, file: string): Pack {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new PackError(file, lines.linePos(broken.pos[0]).line, broken.message.split("\n")[0] ?? "");
  const parsed = packSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []) as (string | number)[];
  throw new PackError(
    file,
    lineOf(document, path, lines),
    `${path.join(".") || "the pack"}: ${issue?.message ?? "is not valid"}`,
  );
}

/** The line of a place in the document, or of the nearest thing around it that is there. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly (string | number)[],
  lines: LineCounter,
): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range))
      return lines.linePos(Number(node.range[0])).line;
  }
  return 1;
}

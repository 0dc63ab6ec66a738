import { invalid, missing } from "./errors";

interface PageParams {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
}

interface Page<T> {
  object: "list";
  data: T[];
  has_more: boolean;
  url: string;
}

const LIMIT_DEFAULT = 10;
const LIMIT_MAX = 100;

/** One page of rows that stand newest first; `kind` is the word for a cursor that is none of them. */
export function pageOf<T extends { id: string }>(
  rows: readonly T[],
  params: PageParams | undefined,
  url: string,
  kind: string,
): Page<T> {
  const { limit = LIMIT_DEFAULT, starting_after: after, ending_before: before } = params ?? {};
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX) {
    throw invalid(`This value must be between 1 and ${LIMIT_MAX}.`, "limit", "parameter_invalid_integer");
  }
  if (after !== undefined && before !== undefined) {
    throw invalid("You may only specify one of these parameters: starting_after, ending_before.");
  }
  const placeOf = (id: string, param: string) => {
    const place = rows.findIndex((row) => row.id === id);
    if (place === -1) throw missing(kind, id, param);
    return place;
  };
  if (before !== undefined) {
    const end = placeOf(before, "ending_before");
    const start = Math.max(0, end - limit);
    return { object: "list", data: rows.slice(start, end), has_more: start > 0, url };
  }
  const start = after === undefined ? 0 : placeOf(after, "starting_after") + 1;
  return { object: "list", data: rows.slice(start, start + limit), has_more: rows.length > start + limit, url };
}

type Range = number | { gt?: number; gte?: number; lt?: number; lte?: number } | undefined;

/** Whether a time lies in the range that a list asks for. */
export function isWithin(seconds: number, range: Range): boolean {
  if (range === undefined) return true;
  if (typeof range === "number") return seconds === range;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return seconds > gt && seconds >= gte && seconds < lt && seconds <= lte;
}

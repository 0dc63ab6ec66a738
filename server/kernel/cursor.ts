import { invalid } from "./errors";

/** A place in a list ordered by time, newest first: the last row's moment and id, as opaque text. */
export function encodeCursor(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()}|${id}`, "utf8").toString("base64url");
}

/** Reads a cursor back. Throws Invalid for anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string): { at: Date; id: string } {
  const [moment = "", id = ""] = Buffer.from(cursor, "base64url").toString("utf8").split("|");
  const at = new Date(moment);
  // A date in the far future or past is written with a sign, which Postgres does not read.
  if (!/^\d{4}-/.test(moment) || Number.isNaN(at.getTime()) || !/^[a-z]{3}_[0-9a-f]{32}$/.test(id))
    throw invalid("The cursor is not one that this list gave out.", { field: "cursor" });
  return { at, id };
}

import { desc, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { decodeCursor, encodeCursor } from "@/server/kernel/cursor";
import type { Page } from "@/server/kernel/schemas";

/** Rows after a cursor, newest first. */
export function afterCursor(at: AnyPgColumn, id: AnyPgColumn, cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  const last = decodeCursor(cursor);
  // As one row: an index walk then begins at the cursor, where `or` would have it begin at the newest row each time.
  return sql`(${at}, ${id}) < (${last.at.toISOString()}::timestamptz, ${last.id})`;
}

export const newestFirst = (at: AnyPgColumn, id: AnyPgColumn): SQL[] => [desc(at), desc(id)];

function cut<Row>(rows: readonly Row[], limit: number, cursorOf: (row: Row) => string): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

/** Cuts `limit + 1` fetched rows into a page; `place` tells where a row stands in the order. */
export const toPage = <Row>(rows: readonly Row[], limit: number, place: (row: Row) => { at: Date; id: string }) =>
  cut(rows, limit, (row) => encodeCursor(place(row).at, place(row).id));

/** The same for rows in the order of their ids, as an id tells by itself where it stands. */
export const toPageById = <Row extends { id: string }>(rows: readonly Row[], limit: number) =>
  cut(rows, limit, ({ id }) => id);

/** A text as part of a `like` pattern that matches it literally. */
export const containing = (text: string) => `%${text.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`;

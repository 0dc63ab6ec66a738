import { Moment } from "../moment";
import { Status, statusWord } from "../status";
import type { Column } from "./data-table";

/** A column of moments, shown in the reader's zone and sorted by time. */
export function momentColumn<Row>(
  id: string,
  header: string,
  at: (row: Row) => string | null,
  zone: string,
): Column<Row> {
  return { id, header, value: at, cell: (row) => <Moment at={at(row)} zone={zone} /> };
}

/** The column that says how a row stands, as a word and a colour. */
export function statusColumn<Row>(status: (row: Row) => string): Column<Row> {
  return {
    id: "status",
    header: "Status",
    value: (row) => statusWord(status(row)),
    cell: (row) => <Status status={status(row)} />,
  };
}

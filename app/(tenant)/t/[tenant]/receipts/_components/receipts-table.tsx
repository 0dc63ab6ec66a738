"use client";

import { IdText } from "@/app/_shared/id-text";
import { Moment } from "@/app/_shared/moment";
import { type Column, DataTable } from "@/app/_shared/table/data-table";

export interface ReceiptRow {
  id: string;
  seq: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  hash: string;
}

interface Props {
  rows: ReceiptRow[];
  zone: string;
  nextHref?: string | null;
  firstHref?: string | null;
}

const columnsOf = (zone: string): Column<ReceiptRow>[] => [
  { id: "seq", header: "No.", value: (row) => row.seq, isNumeric: true },
  { id: "at", header: "When", value: (row) => row.at, cell: (row) => <Moment at={row.at} zone={zone} /> },
  { id: "action", header: "What", value: (row) => row.action, cell: (row) => <code>{row.action}</code> },
  { id: "subject", header: "On what", value: (row) => row.subject, cell: (row) => <IdText id={row.subject} /> },
  { id: "actor", header: "Who", value: (row) => row.actor, cell: (row) => <IdText id={row.actor} /> },
  {
    id: "hash",
    header: "Hash",
    value: (row) => row.hash,
    cell: (row) => <code title={row.hash}>{row.hash.replace("sha256:", "").slice(0, 12)}</code>,
  },
];

/** Receipts, newest first. */
export function ReceiptsTable({ rows, zone, nextHref = null, firstHref = null }: Props) {
  return (
    <DataTable
      name="receipts"
      label="Receipts"
      columns={columnsOf(zone)}
      rows={rows}
      rowId={(row) => row.id}
      nextHref={nextHref}
      firstHref={firstHref}
    />
  );
}

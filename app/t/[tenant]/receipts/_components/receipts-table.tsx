"use client";

import { IdText } from "@/app/_shared/id-text";
import { momentColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { actionLabel } from "@/server/receipts/domain/actions";
import classes from "./receipts-table.module.css";

export interface ReceiptRow {
  seq: number;
  at: string;
  actor: string;
  actorName: string | null;
  action: string;
  subject: string;
  /** What kind of thing the subject is, in words. */
  kind: string;
  subjectName: string | null;
  subjectPath: string | null;
  hash: string;
}

interface Props {
  tenant: string;
  rows: ReceiptRow[];
  zone: string;
  nextHref: string | null;
  firstHref: string | null;
}

/** What a receipt is about: its name, leading to it, and its kind; a short id for what has no name here. */
function Thing({ tenant, row }: { tenant: string; row: ReceiptRow }) {
  const { subject, kind, subjectName, subjectPath } = row;
  if (subjectName === null) return <IdText id={subject} />;
  return (
    <span>
      {subjectPath === null ? subjectName : <a href={`/t/${tenant}/${subjectPath}`}>{subjectName}</a>}{" "}
      <span className={classes.quiet}>{kind}</span>
    </span>
  );
}

const columnsOf = (tenant: string, zone: string): Column<ReceiptRow>[] => [
  {
    id: "what",
    header: "What",
    value: (row) => actionLabel(row.action),
    cell: (row) => (
      <span>
        <a href={`/t/${tenant}/receipts/${row.seq}`}>{actionLabel(row.action)}</a>{" "}
        <code className={classes.quiet}>{row.action}</code>
      </span>
    ),
  },
  {
    id: "thing",
    header: "On what",
    value: (row) => row.subjectName ?? row.subject,
    cell: (row) => <Thing tenant={tenant} row={row} />,
  },
  {
    id: "who",
    header: "Who",
    value: (row) => row.actorName ?? row.actor,
    cell: (row) => <span className={classes.who}>{row.actorName ?? <IdText id={row.actor} />}</span>,
  },
  momentColumn("at", "When", (row) => row.at, zone),
  { id: "seq", header: "No.", value: (row) => row.seq, isNumeric: true },
  {
    id: "hash",
    header: "Hash",
    value: (row) => row.hash,
    cell: (row) => <code title={row.hash}>{row.hash.replace("sha256:", "").slice(0, 12)}</code>,
  },
  { id: "action", header: "Action", value: (row) => row.action, isHidden: true },
  { id: "subject", header: "Subject", value: (row) => row.subject, isHidden: true },
  { id: "actor", header: "Actor", value: (row) => row.actor, isHidden: true },
];

/** Receipts, newest first; each leads to a page of its own. */
export function ReceiptsTable({ tenant, rows, zone, nextHref, firstHref }: Props) {
  return (
    <DataTable
      name="receipts"
      label="Receipts"
      columns={columnsOf(tenant, zone)}
      rows={rows}
      rowId={(row) => String(row.seq)}
      nextHref={nextHref}
      firstHref={firstHref}
    />
  );
}

"use client";

import { IdText } from "@/app/_shared/id-text";
import { momentColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import classes from "./decisions.module.css";

export interface DecisionRow {
  seq: number;
  at: string;
  actor: string;
  actorName: string | null;
  action: string;
  subject: string;
  subjectName: string | null;
  subjectPath: string | null;
  allow: boolean;
  code: string;
  /** Why, in words: what stood in the way, or the rules that allow it. */
  why: string;
  revision: string;
}

interface Props {
  tenant: string;
  rows: DecisionRow[];
  zone: string;
  nextHref: string | null;
  firstHref: string | null;
}

const answer = ({ allow }: DecisionRow) => (allow ? "Allowed" : "Denied");

const columnsOf = (tenant: string, zone: string): Column<DecisionRow>[] => [
  {
    id: "what",
    header: "What",
    value: (row) => row.action,
    cell: (row) => <a href={`/t/${tenant}/policy/decisions/${row.seq}`}>{row.action}</a>,
  },
  { id: "answer", header: "Answer", value: answer },
  { id: "why", header: "Why", value: (row) => row.why },
  {
    id: "thing",
    header: "On what",
    value: (row) => row.subjectName ?? row.subject,
    cell: (row) =>
      row.subjectName === null ? (
        <IdText id={row.subject} />
      ) : row.subjectPath === null ? (
        row.subjectName
      ) : (
        <a href={`/t/${tenant}/${row.subjectPath}`}>{row.subjectName}</a>
      ),
  },
  {
    id: "who",
    header: "Who",
    value: (row) => row.actorName ?? row.actor,
    cell: (row) => (
      <a className={classes.quiet} href={`/t/${tenant}/policy/decisions?actor=${encodeURIComponent(row.actor)}`}>
        {row.actorName ?? row.actor}
      </a>
    ),
  },
  momentColumn("at", "When", (row) => row.at, zone),
  { id: "seq", header: "No.", value: (row) => row.seq, isNumeric: true },
  { id: "code", header: "Code", value: (row) => row.code, isHidden: true },
  { id: "subject", header: "Subject", value: (row) => row.subject, isHidden: true },
  { id: "actor", header: "Actor", value: (row) => row.actor, isHidden: true },
  { id: "revision", header: "Policy revision", value: (row) => row.revision, isHidden: true },
];

/** Decisions on record, newest first; each leads to a page of its own. */
export function DecisionsTable({ tenant, rows, zone, nextHref, firstHref }: Props) {
  return (
    <DataTable
      name="decisions"
      label="Decisions"
      columns={columnsOf(tenant, zone)}
      rows={rows}
      rowId={(row) => String(row.seq)}
      nextHref={nextHref}
      firstHref={firstHref}
    />
  );
}

"use client";

import { Status, statusWord } from "@/app/_shared/status";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { findingStatus } from "./finding-status";
import classes from "./findings.module.css";

export interface FindingRow {
  id: string;
  ticket: string;
  title: string;
  severity: string;
  status: string;
  isBeingTested: boolean;
  control: string;
  detail: string;
  owner: { name: string } | null;
  openedAt: string;
  dueAt: string;
  times: number;
}

const columnsOf = (tenant: string, zone: string): Column<FindingRow>[] => [
  {
    id: "finding",
    header: "Finding",
    value: (row) => `${row.ticket} ${row.title}`,
    cell: (row) => (
      <a href={`/t/${tenant}/findings/${row.id}`}>
        {row.ticket} {row.title}
      </a>
    ),
  },
  {
    id: "severity",
    header: "Severity",
    value: (row) => statusWord(`severity-${row.severity}`),
    cell: (row) => <Status status={`severity-${row.severity}`} />,
  },
  statusColumn(findingStatus),
  { id: "owner", header: "Owner", value: (row) => row.owner?.name ?? "Nobody yet" },
  momentColumn("due", "Due", (row) => row.dueAt, zone),
  {
    id: "control",
    header: "Control",
    value: (row) => row.control,
    cell: (row) => (
      <a className={classes.id} href={`/t/${tenant}/compliance/${row.control}`}>
        {row.control}
      </a>
    ),
  },
  { id: "detail", header: "What was found", value: (row) => row.detail, isHidden: true },
  { id: "times", header: "Times", value: (row) => row.times, isNumeric: true, isHidden: true },
  momentColumn("opened", "Opened", (row) => row.openedAt, zone),
];

/** Findings, the heaviest first. */
export function FindingsTable({ tenant, zone, rows }: { tenant: string; zone: string; rows: FindingRow[] }) {
  return (
    <DataTable name="findings" label="Findings" columns={columnsOf(tenant, zone)} rows={rows} rowId={(row) => row.id} />
  );
}

"use client";

import { Moment } from "@/app/_shared/moment";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { auditStatus } from "./audit-status";

export interface AuditRow {
  id: string;
  verdict: "pass" | "fail" | "unknown" | null;
  startedAt: string;
  endedAt: string | null;
  startedByName: string;
  done: number;
  total: number;
}

const columnsOf = (tenant: string, zone: string): Column<AuditRow>[] => [
  {
    id: "started",
    header: "Begun",
    value: (row) => row.startedAt,
    cell: (row) => (
      <a href={`/t/${tenant}/audits/${row.id}`}>
        <Moment at={row.startedAt} zone={zone} />
      </a>
    ),
  },
  statusColumn((row) => auditStatus(row)),
  { id: "checks", header: "Checks", value: (row) => `${row.done} of ${row.total}` },
  { id: "by", header: "By", value: (row) => row.startedByName },
  momentColumn("ended", "Ended", (row) => row.endedAt, zone),
  { id: "id", header: "Id", value: (row) => row.id, isHidden: true },
];

interface Props {
  tenant: string;
  zone: string;
  rows: AuditRow[];
  nextHref: string | null;
  firstHref: string | null;
}

/** Audits, newest first. */
export function AuditsTable({ tenant, zone, rows, nextHref, firstHref }: Props) {
  return (
    <DataTable
      name="audits"
      label="Audits"
      columns={columnsOf(tenant, zone)}
      rows={rows}
      rowId={(row) => row.id}
      nextHref={nextHref}
      firstHref={firstHref}
    />
  );
}

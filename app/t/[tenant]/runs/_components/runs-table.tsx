"use client";

import { durationText, elapsedMs } from "@/app/_shared/duration";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";

export interface RunRow {
  id: string;
  status: string;
  environment: string;
  riskProfile: string;
  workflowSlug: string;
  workflowName: string;
  version: number;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  isPaused: boolean;
}

interface Props {
  tenant: string;
  rows: RunRow[];
  zone: string;
  /** The server's clock, in milliseconds, so that both sides draw the same. */
  now: number;
  nextHref?: string | null;
  firstHref?: string | null;
}

const columnsOf = (tenant: string, zone: string, now: number): Column<RunRow>[] => {
  const took = ({ startedAt, endedAt }: RunRow) => elapsedMs(startedAt, endedAt, now);
  return [
    {
      id: "workflow",
      header: "Workflow",
      value: (row) => row.workflowName,
      cell: (row) => <a href={`/t/${tenant}/runs/${row.id}`}>{row.workflowName}</a>,
    },
    statusColumn((row) => (row.isPaused ? "paused" : row.status)),
    momentColumn("created", "Asked for", (row) => row.createdAt, zone),
    {
      id: "took",
      header: "Took",
      value: took,
      cell: (row) => {
        const ms = took(row);
        return ms === null ? "–" : durationText(ms);
      },
      isNumeric: true,
    },
    { id: "version", header: "Version", value: (row) => row.version, isNumeric: true },
    { id: "environment", header: "Environment", value: (row) => row.environment },
    { id: "risk", header: "Risk", value: (row) => row.riskProfile },
  ];
};

/** Runs, newest first. */
export function RunsTable({ tenant, rows, zone, now, nextHref = null, firstHref = null }: Props) {
  return (
    <DataTable
      name="runs"
      label="Runs"
      columns={columnsOf(tenant, zone, now)}
      rows={rows}
      rowId={(row) => row.id}
      nextHref={nextHref}
      firstHref={firstHref}
    />
  );
}

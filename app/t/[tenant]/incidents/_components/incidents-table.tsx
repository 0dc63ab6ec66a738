"use client";

import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import type { Severity as SeverityWord } from "@/server/incidents/domain/severity";
import { incidentStatus, SOURCE_WORDS } from "./incident-words";
import { Severity } from "./severity";

export interface IncidentRow {
  id: string;
  title: string;
  severity: SeverityWord;
  status: string;
  source: string;
  isDrill: boolean;
  isPublic: boolean;
  alertCount: number;
  openedAt: string;
  acknowledgedAt: string | null;
  acknowledgedByName: string | null;
  resolvedAt: string | null;
}

interface Props {
  tenant: string;
  rows: IncidentRow[];
  zone: string;
  nextHref: string | null;
  firstHref: string | null;
}

const columnsOf = (tenant: string, zone: string): Column<IncidentRow>[] => [
  {
    id: "title",
    header: "Incident",
    value: (row) => row.title,
    cell: (row) => (
      <a href={`/t/${tenant}/incidents/${row.id}`}>
        {row.isDrill ? "Drill: " : ""}
        {row.title}
      </a>
    ),
  },
  {
    id: "severity",
    header: "Severity",
    value: (row) => row.severity,
    cell: (row) => <Severity severity={row.severity} />,
  },
  statusColumn((row) => incidentStatus(row.status)),
  { id: "taken", header: "Taken on by", value: (row) => row.acknowledgedByName ?? "nobody yet" },
  { id: "source", header: "Opened by", value: (row) => SOURCE_WORDS[row.source] ?? row.source },
  { id: "alerts", header: "Alerts", value: (row) => row.alertCount, isNumeric: true },
  momentColumn("opened", "Opened", (row) => row.openedAt, zone),
  momentColumn("resolved", "Resolved", (row) => row.resolvedAt, zone),
  { id: "public", header: "On the status page", value: (row) => (row.isPublic ? "yes" : "no"), isHidden: true },
  { id: "id", header: "Id", value: (row) => row.id, isHidden: true },
];

/** Incidents, newest first. */
export function IncidentsTable({ tenant, rows, zone, nextHref, firstHref }: Props) {
  return (
    <DataTable
      name="incidents"
      label="Incidents"
      columns={columnsOf(tenant, zone)}
      rows={rows}
      rowId={(row) => row.id}
      nextHref={nextHref}
      firstHref={firstHref}
    />
  );
}

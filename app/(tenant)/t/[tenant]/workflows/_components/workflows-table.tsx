"use client";

import { Moment } from "@/app/_shared/moment";
import { Status } from "@/app/_shared/status";
import { type Column, DataTable } from "@/app/_shared/table/data-table";

export interface WorkflowRow {
  id: string;
  slug: string;
  name: string;
  environment: string;
  riskProfile: string;
  dataSensitivity: string;
  importance: string;
  publishedVersion: number | null;
  updatedAt: string;
}

interface Props {
  tenant: string;
  rows: WorkflowRow[];
  zone: string;
  nextHref: string | null;
  firstHref: string | null;
}

const columnsOf = (tenant: string, zone: string): Column<WorkflowRow>[] => [
  {
    id: "name",
    header: "Name",
    value: (row) => row.name,
    cell: (row) => <a href={`/t/${tenant}/workflows/${row.slug}`}>{row.name}</a>,
  },
  { id: "slug", header: "Address", value: (row) => row.slug, cell: (row) => <code>{row.slug}</code> },
  {
    id: "published",
    header: "Runs",
    value: (row) => (row.publishedVersion === null ? "not published" : `version ${row.publishedVersion}`),
    cell: (row) => (row.publishedVersion === null ? <Status status="draft" /> : <>version {row.publishedVersion}</>),
  },
  { id: "environment", header: "Environment", value: (row) => row.environment },
  { id: "risk", header: "Risk", value: (row) => row.riskProfile },
  { id: "sensitivity", header: "Data", value: (row) => row.dataSensitivity },
  { id: "importance", header: "Importance", value: (row) => row.importance },
  {
    id: "updated",
    header: "Last changed",
    value: (row) => row.updatedAt,
    cell: (row) => <Moment at={row.updatedAt} zone={zone} />,
  },
];

/** Workflows, last changed first. */
export function WorkflowsTable({ tenant, rows, zone, nextHref, firstHref }: Props) {
  return (
    <DataTable
      name="workflows"
      label="Workflows"
      columns={columnsOf(tenant, zone)}
      rows={rows}
      rowId={(row) => row.id}
      nextHref={nextHref}
      firstHref={firstHref}
    />
  );
}

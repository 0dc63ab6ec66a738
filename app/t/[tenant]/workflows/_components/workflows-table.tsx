"use client";

import { momentColumn } from "@/app/_shared/table/columns";
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
    header: "Published",
    value: (row) => (row.publishedVersion === null ? "none" : `version ${row.publishedVersion}`),
  },
  { id: "environment", header: "Environment", value: (row) => row.environment },
  { id: "risk", header: "Risk", value: (row) => row.riskProfile },
  { id: "sensitivity", header: "Data", value: (row) => row.dataSensitivity },
  { id: "importance", header: "Importance", value: (row) => row.importance },
  momentColumn("updated", "Last changed", (row) => row.updatedAt, zone),
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

"use client";

import { IdText } from "@/app/_shared/id-text";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";

interface VersionRow {
  id: string;
  number: number;
  status: string;
  contentHash: string;
  submittedAt: string | null;
  publishedAt: string | null;
  updatedAt: string;
  writers: string;
}

interface Props {
  base: string;
  rows: VersionRow[];
  zone: string;
}

const columnsOf = (base: string, zone: string): Column<VersionRow>[] => [
  {
    id: "number",
    header: "Version",
    value: (row) => row.number,
    cell: (row) => (row.number > 1 ? <a href={`${base}?from=${row.number - 1}&to=${row.number}`}>{row.number}</a> : 1),
    isNumeric: true,
  },
  statusColumn((row) => row.status),
  { id: "writers", header: "Written by", value: (row) => row.writers },
  momentColumn("updated", "Last changed", (row) => row.updatedAt, zone),
  momentColumn("submitted", "Submitted", (row) => row.submittedAt, zone),
  momentColumn("published", "Published", (row) => row.publishedAt, zone),
  {
    id: "hash",
    header: "Content hash",
    value: (row) => row.contentHash,
    cell: (row) => <IdText id={row.contentHash} />,
  },
];

/** Versions, newest first; each number leads to what it changed. */
export function VersionsTable({ base, rows, zone }: Props) {
  return (
    <DataTable name="versions" label="Versions" columns={columnsOf(base, zone)} rows={rows} rowId={(row) => row.id} />
  );
}

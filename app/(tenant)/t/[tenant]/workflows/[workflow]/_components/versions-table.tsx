"use client";

import { IdText } from "@/app/_shared/id-text";
import { Moment } from "@/app/_shared/moment";
import { Status, statusWord } from "@/app/_shared/status";
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
  {
    id: "status",
    header: "Status",
    value: (row) => statusWord(row.status),
    cell: (row) => <Status status={row.status} />,
  },
  { id: "writers", header: "Written by", value: (row) => row.writers },
  {
    id: "updated",
    header: "Last changed",
    value: (row) => row.updatedAt,
    cell: (row) => <Moment at={row.updatedAt} zone={zone} />,
  },
  {
    id: "submitted",
    header: "Submitted",
    value: (row) => row.submittedAt,
    cell: (row) => <Moment at={row.submittedAt} zone={zone} />,
  },
  {
    id: "published",
    header: "Published",
    value: (row) => row.publishedAt,
    cell: (row) => <Moment at={row.publishedAt} zone={zone} />,
  },
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

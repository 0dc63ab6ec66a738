"use client";

import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { ProgressBar } from "./progress-bar";

export interface ReviewRow {
  id: string;
  title: string;
  status: string;
  isMine: boolean;
  progress: { all: number; kept: number; removed: number; gone: number; undecided: number };
  dueAt: string;
  openedAt: string;
  closedAt: string | null;
  repeatsMonths: number | null;
}

interface Props {
  tenant: string;
  rows: ReviewRow[];
  zone: string;
  nextHref: string | null;
  firstHref: string | null;
}

const columnsOf = (tenant: string, zone: string): Column<ReviewRow>[] => [
  {
    id: "title",
    header: "Review",
    value: (row) => row.title,
    cell: (row) => <a href={`/t/${tenant}/access-reviews/${row.id}`}>{row.title}</a>,
  },
  statusColumn((row) => row.status),
  {
    id: "progress",
    header: "Progress",
    value: (row) => `${row.progress.all - row.progress.undecided} of ${row.progress.all}`,
    cell: (row) => <ProgressBar progress={row.progress} />,
  },
  { id: "mine", header: "You review it", value: (row) => (row.isMine ? "yes" : "no") },
  momentColumn("due", "Due", (row) => row.dueAt, zone),
  momentColumn("opened", "Opened", (row) => row.openedAt, zone),
  momentColumn("closed", "Closed", (row) => row.closedAt, zone),
  {
    id: "repeats",
    header: "Repeats",
    value: (row) => (row.repeatsMonths === null ? "–" : `every ${row.repeatsMonths} months`),
  },
];

/** Reviews of access, newest first. */
export function ReviewsTable({ tenant, rows, zone, nextHref, firstHref }: Props) {
  return (
    <DataTable
      name="access-reviews"
      label="Access reviews"
      columns={columnsOf(tenant, zone)}
      rows={rows}
      rowId={(row) => row.id}
      nextHref={nextHref}
      firstHref={firstHref}
    />
  );
}

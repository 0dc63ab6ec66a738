"use client";

import { momentColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { EVIDENCE, type EvidenceKind } from "@/server/evidence/domain/kinds";
import { sizeWords } from "./size-words";

export interface ItemRow {
  id: string;
  kind: EvidenceKind;
  subject: string;
  title: string;
  fileName: string;
  bytes: number;
  digest: string;
  collectedAt: string;
  source: string;
}

interface Props {
  tenant: string;
  rows: ItemRow[];
  zone: string;
  mayDownload: boolean;
  nextHref: string | null;
  firstHref: string | null;
}

const columnsOf = (tenant: string, zone: string, mayDownload: boolean): Column<ItemRow>[] => [
  {
    id: "title",
    header: "Evidence",
    value: (row) => row.title,
    cell: (row) =>
      mayDownload ? (
        <a href={`/t/${tenant}/evidence/items/${row.id}`} download>
          {row.title}
        </a>
      ) : (
        row.title
      ),
  },
  { id: "kind", header: "Kind", value: (row) => EVIDENCE[row.kind] },
  { id: "file", header: "File", value: (row) => row.fileName },
  {
    id: "bytes",
    header: "Size",
    value: (row) => row.bytes,
    cell: (row) => sizeWords(row.bytes),
    isNumeric: true,
  },
  momentColumn("collected", "Collected", (row) => row.collectedAt, zone),
  {
    id: "digest",
    header: "SHA-256",
    value: (row) => row.digest,
    cell: (row) => <code>{row.digest.slice(0, 12)}…</code>,
  },
  { id: "source", header: "Collected by", value: (row) => row.source, isHidden: true },
  { id: "subject", header: "Of", value: (row) => row.subject, isHidden: true },
  { id: "id", header: "Id", value: (row) => row.id, isHidden: true },
];

/** What was collected, newest first. */
export function ItemsTable({ tenant, rows, zone, mayDownload, nextHref, firstHref }: Props) {
  return (
    <DataTable
      name="evidence"
      label="Collected evidence"
      columns={columnsOf(tenant, zone, mayDownload)}
      rows={rows}
      rowId={(row) => row.id}
      nextHref={nextHref}
      firstHref={firstHref}
    />
  );
}

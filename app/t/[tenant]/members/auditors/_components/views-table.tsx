"use client";

import { IdText } from "@/app/_shared/id-text";
import { momentColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import type { AuditorViewDto } from "@/server/members/domain/auditor-view";
import { roomWords } from "./room-words";

interface Props {
  tenant: string;
  rows: AuditorViewDto[];
  zone: string;
  exportAction: string;
  nextHref: string | null;
  firstHref: string | null;
}

/** What was opened: its name, leading to it; of a list what was asked; a short id for what has no name here. */
function Thing({ tenant, row }: { tenant: string; row: AuditorViewDto }) {
  const { subject, subjectName, subjectPath, asked } = row;
  if (subject.startsWith("tenant:")) return asked === "{}" ? <span>its beginning</span> : <code>{asked}</code>;
  if (subjectName === null) return <IdText id={subject} />;
  return subjectPath === null ? <span>{subjectName}</span> : <a href={`/t/${tenant}/${subjectPath}`}>{subjectName}</a>;
}

const columnsOf = (tenant: string, zone: string): Column<AuditorViewDto>[] => [
  momentColumn("at", "When", (row) => row.at, zone),
  { id: "who", header: "Auditor", value: (row) => row.name ?? row.email },
  {
    id: "what",
    header: "What",
    value: (row) => row.procedure,
    cell: (row) => (
      <span>
        {roomWords(row.procedure)} <code>{row.procedure}</code>
      </span>
    ),
  },
  {
    id: "thing",
    header: "Of it",
    value: (row) => row.subjectName ?? row.subject,
    cell: (row) => <Thing tenant={tenant} row={row} />,
  },
  { id: "asked", header: "Asked", value: (row) => row.asked, isHidden: true },
  { id: "request", header: "Request", value: (row) => row.requestId, cell: (row) => <IdText id={row.requestId} /> },
];

/** What auditors were shown, newest first. */
export function ViewsTable({ tenant, rows, zone, ...links }: Props) {
  return (
    <DataTable
      name="views"
      label="What auditors opened"
      columns={columnsOf(tenant, zone)}
      rows={rows}
      rowId={(row) => row.id}
      {...links}
    />
  );
}

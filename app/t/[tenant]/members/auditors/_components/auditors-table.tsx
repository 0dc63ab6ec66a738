"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Moment } from "@/app/_shared/moment";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { RowButton } from "@/app/_shared/table/row-button";
import type { AuditorRow } from "./auditor-row";

const ExtendAuditor = dynamic(() => import("./extend-auditor").then((module) => module.ExtendAuditor), { ssr: false });
const EndAuditor = dynamic(() => import("./end-auditor").then((module) => module.EndAuditor), { ssr: false });

interface Props {
  rows: AuditorRow[];
  zone: string;
  mayUpdate: boolean;
  /** Where what this auditor opened is shown, by their id. */
  logHrefs: Readonly<Record<string, string>>;
  nextHref: string | null;
  firstHref: string | null;
}

const columnsOf = (zone: string, logHrefs: Props["logHrefs"]): Column<AuditorRow>[] => [
  {
    id: "who",
    header: "Auditor",
    value: (row) => row.name ?? row.email,
    cell: (row) => <span title={row.email}>{row.name ?? row.email}</span>,
  },
  { id: "email", header: "E-mail", value: (row) => row.email, isHidden: true },
  { id: "engagement", header: "Engagement", value: (row) => row.engagement },
  statusColumn((row) => `auditor-${row.state}`),
  momentColumn("from", "From", (row) => row.startsAt, zone),
  {
    id: "until",
    header: "Until",
    value: (row) => row.endedAt ?? row.endsAt,
    cell: (row) => (
      <span>
        <Moment at={row.endedAt ?? row.endsAt} zone={zone} />
        {row.left === null ? null : ` (${row.left} left)`}
      </span>
    ),
  },
  {
    id: "views",
    header: "Opened",
    value: (row) => row.views,
    cell: (row) => <a href={logHrefs[row.id]}>{row.views}</a>,
    isNumeric: true,
  },
  momentColumn("seen", "Last", (row) => row.lastSeenAt, zone),
];

/** Who was let in as an auditor, newest first. */
export function AuditorsTable({ rows, zone, mayUpdate, logHrefs, nextHref, firstHref }: Props) {
  const [extending, setExtending] = useState<AuditorRow | null>(null);
  const [ending, setEnding] = useState<AuditorRow | null>(null);
  return (
    <>
      <DataTable
        name="auditors"
        label="Auditors"
        columns={columnsOf(zone, logHrefs)}
        rows={rows}
        rowId={(row) => row.id}
        nextHref={nextHref}
        firstHref={firstHref}
        actions={(row) =>
          mayUpdate && row.state === "active" ? (
            <>
              <RowButton label="Extend" says={`Extend the time of ${row.email}`} onClick={() => setExtending(row)} />
              <RowButton
                label="End now"
                says={`End now the time of ${row.email}`}
                isDanger
                onClick={() => setEnding(row)}
              />
            </>
          ) : null
        }
      />
      {extending === null ? null : <ExtendAuditor auditor={extending} onClose={() => setExtending(null)} />}
      {ending === null ? null : <EndAuditor auditor={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

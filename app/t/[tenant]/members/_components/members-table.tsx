"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { roleWords } from "@/app/_shared/role-words";
import { momentColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { RowButton } from "@/app/_shared/table/row-button";
import { isReaderOnly } from "@/server/members/domain/auditor";
import type { MemberRow } from "./member-row";

const EditMember = dynamic(() => import("./edit-member").then((module) => module.EditMember), { ssr: false });
const MakeAuditor = dynamic(() => import("./make-auditor").then((module) => module.MakeAuditor), { ssr: false });
const EndMembership = dynamic(() => import("./end-membership").then((module) => module.EndMembership), { ssr: false });

interface Props {
  tenant: string;
  rows: MemberRow[];
  zone: string;
  mayUpdate: boolean;
  ownEmail: string;
  nextHref: string | null;
  firstHref: string | null;
}

const columnsOf = (tenant: string, zone: string): Column<MemberRow>[] => [
  { id: "name", header: "Name", value: (row) => row.name ?? "–" },
  { id: "email", header: "E-mail", value: (row) => row.email },
  {
    id: "roles",
    header: "Roles",
    value: (row) => `${roleWords(row.roles)}${row.auditorUntil === null ? "" : " (auditor)"}`,
    cell: (row) => (
      <a href={`/t/${tenant}/access?subject=run&text=${encodeURIComponent(row.email)}`} title="What may they do">
        {roleWords(row.roles)}
        {row.auditorUntil === null ? null : " (auditor)"}
      </a>
    ),
  },
  { id: "region", header: "Region", value: (row) => row.region },
  { id: "unit", header: "Business unit", value: (row) => row.businessUnit },
  { id: "clearance", header: "Clearance", value: (row) => row.clearance },
  momentColumn("joined", "Joined", (row) => row.joinedAt, zone),
];

const mayBecomeAuditor = ({ roles, auditorUntil }: MemberRow) => auditorUntil === null && isReaderOnly(roles);

/** Members in the order in which they joined. */
export function MembersTable({ tenant, rows, zone, mayUpdate, ownEmail, nextHref, firstHref }: Props) {
  const [editing, setEditing] = useState<MemberRow | null>(null);
  const [auditing, setAuditing] = useState<MemberRow | null>(null);
  const [ending, setEnding] = useState<MemberRow | null>(null);
  return (
    <>
      <DataTable
        name="members"
        label="Members"
        columns={columnsOf(tenant, zone)}
        rows={rows}
        rowId={(row) => row.id}
        nextHref={nextHref}
        firstHref={firstHref}
        actions={(row) => (
          <>
            {mayUpdate ? <RowButton label="Edit" says={`Edit ${row.email}`} onClick={() => setEditing(row)} /> : null}
            {mayUpdate && mayBecomeAuditor(row) ? (
              <RowButton label="Auditor" says={`Make ${row.email} an auditor`} onClick={() => setAuditing(row)} />
            ) : null}
            {row.email === ownEmail ? (
              <RowButton label="Leave" says="Leave this tenant" isDanger onClick={() => setEnding(row)} />
            ) : mayUpdate ? (
              <RowButton label="Remove" says={`Remove ${row.email}`} isDanger onClick={() => setEnding(row)} />
            ) : null}
          </>
        )}
      />
      {editing === null ? null : <EditMember member={editing} onClose={() => setEditing(null)} />}
      {auditing === null ? null : <MakeAuditor member={auditing} onClose={() => setAuditing(null)} />}
      {ending === null ? null : (
        <EndMembership
          tenant={tenant}
          member={ending}
          isOwn={ending.email === ownEmail}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
}

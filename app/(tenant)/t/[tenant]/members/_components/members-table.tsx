"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Moment } from "@/app/_shared/moment";
import { roleWords } from "@/app/_shared/role-words";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import type { MemberRow } from "./member-row";

const EditMember = dynamic(() => import("./edit-member").then((module) => module.EditMember), { ssr: false });
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

const columnsOf = (zone: string): Column<MemberRow>[] => [
  { id: "name", header: "Name", value: (row) => row.name ?? "–" },
  { id: "email", header: "E-mail", value: (row) => row.email },
  { id: "roles", header: "Roles", value: (row) => roleWords(row.roles) },
  { id: "region", header: "Region", value: (row) => row.region },
  { id: "unit", header: "Business unit", value: (row) => row.businessUnit },
  { id: "clearance", header: "Clearance", value: (row) => row.clearance },
  {
    id: "joined",
    header: "Joined",
    value: (row) => row.joinedAt,
    cell: (row) => <Moment at={row.joinedAt} zone={zone} />,
  },
];

/** Members in the order in which they joined. */
export function MembersTable({ tenant, rows, zone, mayUpdate, ownEmail, nextHref, firstHref }: Props) {
  const [editing, setEditing] = useState<MemberRow | null>(null);
  const [ending, setEnding] = useState<MemberRow | null>(null);
  return (
    <>
      <DataTable
        name="members"
        label="Members"
        columns={columnsOf(zone)}
        rows={rows}
        rowId={(row) => row.id}
        nextHref={nextHref}
        firstHref={firstHref}
        actions={(row) => (
          <>
            {mayUpdate ? (
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={`Edit ${row.email}`}
                onClick={() => setEditing(row)}
              >
                Edit
              </Button>
            ) : null}
            {mayUpdate || row.email === ownEmail ? (
              <Button
                variant="subtle"
                color="red"
                size="compact-xs"
                aria-label={row.email === ownEmail ? "Leave this tenant" : `Remove ${row.email}`}
                onClick={() => setEnding(row)}
              >
                {row.email === ownEmail ? "Leave" : "Remove"}
              </Button>
            ) : null}
          </>
        )}
      />
      {editing === null ? null : <EditMember member={editing} onClose={() => setEditing(null)} />}
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

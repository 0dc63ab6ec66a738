"use client";

import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { roleWord } from "@/policies/access/role-word";
import { ROLES } from "@/policies/access/vocabulary";
import type { MatrixRow } from "@/policies/compile/matrix";

const columns: Column<MatrixRow>[] = [
  { id: "action", header: "Action", value: ({ action }) => action },
  ...ROLES.map((role) => ({
    ...{ id: role, header: roleWord(role) },
    value: ({ roles }: MatrixRow) => roles[role],
    cell: ({ roles }: MatrixRow) => roles[role] || "–",
  })),
  {
    ...{ id: "always", header: "whoever it is" },
    value: ({ always }) => always,
    cell: ({ always }) => always || "–",
  },
];

/** Role by action, to be filtered and exported. */
export function MatrixTable({ rows }: { rows: MatrixRow[] }) {
  return (
    <DataTable name="policy" label="Who may do what" columns={columns} rows={rows} rowId={({ action }) => action} />
  );
}

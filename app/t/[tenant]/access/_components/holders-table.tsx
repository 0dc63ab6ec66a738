"use client";

import { roleWords } from "@/app/_shared/role-words";
import { type Column, DataTable } from "@/app/_shared/table/data-table";

export interface HolderRow {
  id: string;
  name: string;
  kind: "member" | "api_key";
  roles: string[];
  /** The rules by which they may, or what is missing. */
  says: string;
  whyHref: string;
}

const columnsOf = (says: string): Column<HolderRow>[] => [
  { id: "name", header: "Who", value: (row) => row.name, cell: (row) => <a href={row.whyHref}>{row.name}</a> },
  { id: "kind", header: "Kind", value: (row) => (row.kind === "member" ? "member" : "API key") },
  { id: "roles", header: "Roles", value: (row) => roleWords(row.roles) },
  { id: "says", header: says, value: (row) => row.says },
];

/** Members and keys with what is said of each. */
export function HoldersTable({
  name,
  label,
  says,
  rows,
}: {
  name: string;
  label: string;
  says: string;
  rows: HolderRow[];
}) {
  return <DataTable name={name} label={label} columns={columnsOf(says)} rows={rows} rowId={(row) => row.id} />;
}

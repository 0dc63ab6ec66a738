"use client";

import { roleWords } from "@/app/_shared/role-words";
import { type Column, DataTable } from "@/app/_shared/table/data-table";

export interface ReachRow {
  id: string;
  name: string;
  kind: "member" | "api_key";
  roles: string[];
  /** When it ends by itself, ISO 8601: of a key and of an auditor. */
  until: string | null;
  reach: ("yes" | "conditions" | "no")[];
  toxic: string[];
  isUnreviewed: boolean;
}

interface Props {
  actions: readonly string[];
  rows: ReachRow[];
  whyHref: string;
  exportAction: string;
  nextHref: string | null;
  firstHref: string | null;
}

const WORDS = { yes: "yes", conditions: "on conditions", no: "–" } as const;

const whyOf = (whyHref: string, { id, kind }: ReachRow, action: string) =>
  `${whyHref}&${kind === "member" ? "member" : "key"}=${id}&action=${action}`;

const columnsOf = (actions: readonly string[], whyHref: string): Column<ReachRow>[] => [
  { id: "name", header: "Who", value: (row) => (row.kind === "member" ? row.name : `${row.name} (API key)`) },
  { id: "roles", header: "Roles", value: (row) => roleWords(row.roles) },
  ...actions.map((action, place) => ({
    ...{ id: action, header: action.slice(action.indexOf(".") + 1).replaceAll("_", " ") },
    value: ({ reach }: ReachRow) => WORDS[reach[place] ?? "no"],
    cell: (row: ReachRow) => <a href={whyOf(whyHref, row, action)}>{WORDS[row.reach[place] ?? "no"]}</a>,
  })),
  { id: "until", header: "Ends (UTC)", value: (row) => row.until?.slice(0, 10) ?? null },
  { id: "toxic", header: "Roles apart", value: (row) => row.toxic.join(", ").replaceAll("-", " ") },
  { id: "reviewed", header: "Reviewed in 90 days", value: (row) => (row.isUnreviewed ? "no" : "yes, or new") },
];

/** Members and keys by action; each cell leads to why. */
export function ReachTable({ actions, rows, whyHref, exportAction, nextHref, firstHref }: Props) {
  return (
    <DataTable
      name="access"
      label="Who may do what here"
      columns={columnsOf(actions, whyHref)}
      rows={rows}
      rowId={(row) => row.id}
      exportAction={exportAction}
      nextHref={nextHref}
      firstHref={firstHref}
    />
  );
}

"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
import { Moment } from "@/app/_shared/moment";
import { momentColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { RowButton } from "@/app/_shared/table/row-button";
import { useTRPCClient } from "@/app/_trpc/client";
import { type AdapterRow, inputWords } from "./adapter-row";

const AdapterDialog = dynamic(() => import("./adapter-dialog").then((module) => module.AdapterDialog), { ssr: false });
const RotateDialog = dynamic(() => import("./rotate-dialog").then((module) => module.RotateDialog), { ssr: false });

interface Props {
  rows: AdapterRow[];
  zone: string;
  /** Whether changing and rotating them is worth offering, and ending them. */
  mayKeep: boolean;
  mayEnd: boolean;
}

type Change = "change" | "rotate" | "end";

const CHANGES: readonly { to: Change; label: string; says: (row: AdapterRow) => string }[] = [
  { to: "change", label: "Change", says: ({ slug }) => `Change ${slug}` },
  { to: "rotate", label: "Rotate", says: ({ slug }) => `Rotate the signing secret of ${slug}` },
  { to: "end", label: "End", says: ({ slug }) => `End ${slug}` },
];

const columnsOf = (zone: string): Column<AdapterRow>[] => [
  { id: "slug", header: "Slug", value: (row) => row.slug, cell: (row) => <code>{row.slug}</code> },
  { id: "name", header: "Name", value: (row) => row.name },
  { id: "address", header: "Address", value: (row) => row.address },
  { id: "takes", header: "Takes", value: (row) => inputWords(row.input) },
  { id: "timeout", header: "Time limit (s)", value: (row) => row.timeoutSeconds, isNumeric: true },
  {
    id: "grace",
    header: "Signed with",
    value: (row) => (row.previousValidUntil === null ? "one secret" : `two secrets until ${row.previousValidUntil}`),
    cell: (row) =>
      row.previousValidUntil === null ? (
        "one secret"
      ) : (
        <>
          two until <Moment at={row.previousValidUntil} zone={zone} />
        </>
      ),
  },
  momentColumn("changed", "Last change", (row) => row.updatedAt, zone),
];

/** Adapters by name, without their secrets. */
export function AdaptersTable({ rows, zone, mayKeep, mayEnd }: Props) {
  const [asked, setAsked] = useState<{ to: Change; row: AdapterRow } | null>(null);
  const client = useTRPCClient();
  const close = () => setAsked(null);
  const offered = CHANGES.filter(({ to }) => (to === "end" ? mayEnd : mayKeep));
  const actionsOf = (row: AdapterRow) =>
    offered.map(({ to, label, says }) => (
      <RowButton
        key={to}
        label={label}
        says={says(row)}
        isDanger={to === "end"}
        onClick={() => setAsked({ to, row })}
      />
    ));
  return (
    <>
      <DataTable
        name="adapters"
        label="Adapters"
        columns={columnsOf(zone)}
        rows={rows}
        rowId={(row) => row.id}
        {...(offered.length > 0 ? { actions: actionsOf } : {})}
      />
      {asked?.to === "change" ? <AdapterDialog adapter={asked.row} onClose={close} /> : null}
      {asked?.to === "rotate" ? <RotateDialog adapter={asked.row} onClose={close} /> : null}
      {asked?.to === "end" ? (
        <LazyConfirm
          title={`End ${asked.row.slug}?`}
          act="End adapter"
          run={() => client.adapters.end.mutate({ adapterId: asked.row.id })}
          said="The adapter has ended."
          onClose={close}
        >
          Steps that call it fail from their next call on, and no workflow that names it can be saved. Its secret cannot
          be brought back, and nothing else can get its slug.
        </LazyConfirm>
      ) : null}
    </>
  );
}

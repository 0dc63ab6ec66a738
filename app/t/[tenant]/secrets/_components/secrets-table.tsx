"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
import { momentColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { RowButton } from "@/app/_shared/table/row-button";
import { useTRPCClient } from "@/app/_trpc/client";
import type { SecretRow } from "./secret-row";

const ReplaceDialog = dynamic(() => import("./replace-dialog").then((module) => module.ReplaceDialog), { ssr: false });
const HostsDialog = dynamic(() => import("./hosts-dialog").then((module) => module.HostsDialog), { ssr: false });

interface Props {
  rows: SecretRow[];
  zone: string;
  /** Whether changing them is worth offering. */
  mayKeep: boolean;
  nextHref: string | null;
  firstHref: string | null;
}

type Change = "replace" | "hosts" | "delete";

const CHANGES: readonly { to: Change; label: string; says: (row: SecretRow) => string }[] = [
  { to: "replace", label: "Replace", says: ({ name, environment }) => `Replace ${name} in ${environment}` },
  { to: "hosts", label: "Hosts", says: ({ name, environment }) => `Change the hosts of ${name} in ${environment}` },
  { to: "delete", label: "Delete", says: ({ name, environment }) => `Delete ${name} in ${environment}` },
];

const columnsOf = (zone: string): Column<SecretRow>[] => [
  { id: "name", header: "Name", value: (row) => row.name, cell: (row) => <code>{row.name}</code> },
  { id: "environment", header: "Environment", value: (row) => row.environment },
  { id: "hosts", header: "Hosts", value: (row) => row.allowedHosts.join(", ") },
  { id: "version", header: "Version", value: (row) => row.version, isNumeric: true },
  momentColumn("changed", "Last change", (row) => row.updatedAt, zone),
  { id: "who", header: "By", value: (row) => row.updatedByName ?? row.updatedBy },
];

/** Secrets, newest first, without their values. */
export function SecretsTable({ rows, zone, mayKeep, nextHref, firstHref }: Props) {
  const [asked, setAsked] = useState<{ to: Change; row: SecretRow } | null>(null);
  const client = useTRPCClient();
  const close = () => setAsked(null);
  const actionsOf = (row: SecretRow) =>
    CHANGES.map(({ to, label, says }) => (
      <RowButton
        key={to}
        label={label}
        says={says(row)}
        isDanger={to === "delete"}
        onClick={() => setAsked({ to, row })}
      />
    ));
  return (
    <>
      <DataTable
        name="secrets"
        label="Secrets"
        columns={columnsOf(zone)}
        rows={rows}
        rowId={(row) => row.id}
        nextHref={nextHref}
        firstHref={firstHref}
        {...(mayKeep ? { actions: actionsOf } : {})}
      />
      {asked?.to === "replace" ? <ReplaceDialog secret={asked.row} onClose={close} /> : null}
      {asked?.to === "hosts" ? <HostsDialog secret={asked.row} onClose={close} /> : null}
      {asked?.to === "delete" ? (
        <LazyConfirm
          title={`Delete ${asked.row.name} in ${asked.row.environment}?`}
          act="Delete secret"
          run={() => client.secrets.delete.mutate({ secretId: asked.row.id })}
          said="The secret is deleted."
          onClose={close}
        >
          Steps that name it fail from their next call on. Its value cannot be brought back.
        </LazyConfirm>
      ) : null}
    </>
  );
}

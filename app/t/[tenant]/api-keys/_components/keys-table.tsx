"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
import { roleWords } from "@/app/_shared/role-words";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { RowButton } from "@/app/_shared/table/row-button";
import { useTRPCClient } from "@/app/_trpc/client";
import type { KeyRow } from "./key-row";

const RotateDialog = dynamic(() => import("./rotate-dialog").then((module) => module.RotateDialog), { ssr: false });

interface Props {
  rows: KeyRow[];
  zone: string;
  nextHref: string | null;
  firstHref: string | null;
}

const columnsOf = (zone: string): Column<KeyRow>[] => [
  { id: "name", header: "Name", value: (row) => row.name },
  { id: "key", header: "Key", value: (row) => row.lastFour, cell: (row) => <code>…{row.lastFour}</code> },
  statusColumn((row) => row.state),
  { id: "roles", header: "Roles", value: (row) => roleWords(row.roles) },
  { id: "clearance", header: "Clearance", value: (row) => row.clearance },
  momentColumn("used", "Last used", (row) => row.lastUsedAt, zone),
  momentColumn("ends", "Ends", (row) => row.expiresAt, zone),
  momentColumn("previous", "Old secret opens until", (row) => row.previousValidUntil, zone),
];

/** Keys, newest first, ended ones included. */
export function KeysTable({ rows, zone, nextHref, firstHref }: Props) {
  const [asked, setAsked] = useState<{ to: "rotate" | "revoke"; row: KeyRow } | null>(null);
  const client = useTRPCClient();
  const close = () => setAsked(null);
  return (
    <>
      <DataTable
        name="api-keys"
        label="API keys"
        columns={columnsOf(zone)}
        rows={rows}
        rowId={(row) => row.id}
        nextHref={nextHref}
        firstHref={firstHref}
        actions={(row) =>
          row.state !== "active" ? null : (
            <>
              <RowButton label="Rotate" says={`Rotate ${row.name}`} onClick={() => setAsked({ to: "rotate", row })} />
              <RowButton
                label="Revoke"
                says={`Revoke ${row.name}`}
                isDanger
                onClick={() => setAsked({ to: "revoke", row })}
              />
            </>
          )
        }
      />
      {asked?.to === "rotate" ? <RotateDialog apiKey={asked.row} onClose={close} /> : null}
      {asked?.to === "revoke" ? (
        <LazyConfirm
          title={`Revoke ${asked.row.name}?`}
          act="Revoke key"
          run={() => client.apiKeys.revoke.mutate({ apiKeyId: asked.row.id })}
          said="The key is revoked."
          onClose={close}
        >
          Programs that use it are refused from their next call on. A revoked key cannot be brought back.
        </LazyConfirm>
      ) : null}
    </>
  );
}

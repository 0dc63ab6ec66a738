"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Moment } from "@/app/_shared/moment";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { roleWords } from "@/app/_shared/role-words";
import { Status, statusWord } from "@/app/_shared/status";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
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
  {
    id: "state",
    header: "Status",
    value: (row) => statusWord(row.state),
    cell: (row) => <Status status={row.state} />,
  },
  { id: "roles", header: "Roles", value: (row) => roleWords(row.roles) },
  { id: "clearance", header: "Clearance", value: (row) => row.clearance },
  {
    id: "used",
    header: "Last used",
    value: (row) => row.lastUsedAt,
    cell: (row) => <Moment at={row.lastUsedAt} zone={zone} />,
  },
  {
    id: "ends",
    header: "Ends",
    value: (row) => row.expiresAt,
    cell: (row) => <Moment at={row.expiresAt} zone={zone} />,
  },
  {
    id: "previous",
    header: "Key before it opens until",
    value: (row) => row.previousValidUntil,
    cell: (row) => <Moment at={row.previousValidUntil} zone={zone} />,
  },
];

/** Keys, newest first, ended ones included. */
export function KeysTable({ rows, zone, nextHref, firstHref }: Props) {
  const [rotating, setRotating] = useState<KeyRow | null>(null);
  const client = useTRPCClient();
  const revoke = useAction((apiKeyId: string) => client.apiKeys.revoke.mutate({ apiKeyId }), {
    said: "The key is revoked.",
  });
  return (
    <>
      <RefusalNotice refusal={revoke.refusal} />
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
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={`Rotate ${row.name}`}
                onClick={() => setRotating(row)}
              >
                Rotate
              </Button>
              <Button
                variant="subtle"
                color="red"
                size="compact-xs"
                aria-label={`Revoke ${row.name}`}
                onClick={() => revoke.run(row.id)}
              >
                Revoke
              </Button>
            </>
          )
        }
      />
      {rotating === null ? null : <RotateDialog apiKey={rotating} onClose={() => setRotating(null)} />}
    </>
  );
}

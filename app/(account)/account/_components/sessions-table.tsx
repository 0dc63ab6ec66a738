"use client";

import { Button } from "@mantine/core";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { momentColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { RowButton } from "@/app/_shared/table/row-button";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { deviceOf } from "./device";

interface SessionRow {
  id: string;
  userAgent: string | null;
  isCurrent: boolean;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
}

const columnsOf = (zone: string): Column<SessionRow>[] => [
  {
    id: "device",
    header: "Device",
    value: (row) => deviceOf(row.userAgent),
    cell: (row) => (
      <span title={row.userAgent ?? undefined}>
        {deviceOf(row.userAgent)}
        {row.isCurrent ? " (this one)" : ""}
      </span>
    ),
  },
  momentColumn("seen", "Last seen", (row) => row.lastSeenAt, zone),
  momentColumn("since", "Signed in", (row) => row.createdAt, zone),
  momentColumn("until", "Ends", (row) => row.expiresAt, zone),
];

/** Where the reader is signed in. A session that is ended is refused at its next request. */
export function SessionsTable({ rows, zone }: { rows: SessionRow[]; zone: string }) {
  const client = useTRPCClient();
  const revoke = useAction((sessionId: string) => client.accounts.revokeSession.mutate({ sessionId }), {
    said: "That session is signed out.",
  });
  const revokeOthers = useAction(() => client.accounts.revokeOtherSessions.mutate({}), {
    said: "You are signed out everywhere else.",
  });
  return (
    <>
      <RefusalNotice refusal={revoke.refusal ?? revokeOthers.refusal} />
      <DataTable
        name="sessions"
        label="Sessions"
        columns={columnsOf(zone)}
        rows={rows}
        rowId={(row) => row.id}
        actions={(row) =>
          row.isCurrent ? null : (
            <RowButton
              label="Sign out"
              says={`Sign out ${deviceOf(row.userAgent)}`}
              onClick={() => revoke.run(row.id)}
            />
          )
        }
      />
      {rows.length < 2 ? null : (
        <div style={{ padding: 12 }}>
          <Button variant="default" loading={revokeOthers.isBusy} onClick={() => revokeOthers.run(undefined)}>
            Sign out everywhere else
          </Button>
        </div>
      )}
    </>
  );
}

"use client";

import { Button } from "@mantine/core";
import { Moment } from "@/app/_shared/moment";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { roleWords } from "@/app/_shared/role-words";
import { Status, statusWord } from "@/app/_shared/status";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

interface InvitationRow {
  id: string;
  email: string;
  roles: string[];
  state: string;
  createdAt: string;
  expiresAt: string;
}

const columnsOf = (zone: string): Column<InvitationRow>[] => [
  { id: "email", header: "E-mail", value: (row) => row.email },
  { id: "roles", header: "Roles", value: (row) => roleWords(row.roles) },
  {
    id: "state",
    header: "Status",
    value: (row) => statusWord(row.state),
    cell: (row) => <Status status={row.state} />,
  },
  {
    id: "sent",
    header: "Sent",
    value: (row) => row.createdAt,
    cell: (row) => <Moment at={row.createdAt} zone={zone} />,
  },
  {
    id: "until",
    header: "Good until",
    value: (row) => row.expiresAt,
    cell: (row) => <Moment at={row.expiresAt} zone={zone} />,
  },
];

/** Invitations that nobody has accepted yet. */
export function InvitationsTable({ rows, zone }: { rows: InvitationRow[]; zone: string }) {
  const client = useTRPCClient();
  const resend = useAction((invitationId: string) => client.members.resendInvitation.mutate({ invitationId }), {
    said: "Sent again; the link before it no longer works.",
  });
  const revoke = useAction((invitationId: string) => client.members.revokeInvitation.mutate({ invitationId }), {
    said: "The invitation is withdrawn.",
  });
  return (
    <>
      <RefusalNotice refusal={resend.refusal ?? revoke.refusal} />
      <DataTable
        name="invitations"
        label="Open invitations"
        columns={columnsOf(zone)}
        rows={rows}
        rowId={(row) => row.id}
        actions={(row) => (
          <>
            <Button
              variant="subtle"
              size="compact-xs"
              aria-label={`Send again to ${row.email}`}
              onClick={() => resend.run(row.id)}
            >
              Send again
            </Button>
            <Button
              variant="subtle"
              color="red"
              size="compact-xs"
              aria-label={`Withdraw the invitation of ${row.email}`}
              onClick={() => revoke.run(row.id)}
            >
              Withdraw
            </Button>
          </>
        )}
      />
    </>
  );
}

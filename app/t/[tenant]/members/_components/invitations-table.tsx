"use client";

import { useState } from "react";
import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { roleWords } from "@/app/_shared/role-words";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { RowButton } from "@/app/_shared/table/row-button";
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
  statusColumn((row) => row.state),
  momentColumn("sent", "Sent", (row) => row.createdAt, zone),
  momentColumn("until", "Good until", (row) => row.expiresAt, zone),
];

/** Invitations that nobody has accepted yet. */
export function InvitationsTable({ rows, zone }: { rows: InvitationRow[]; zone: string }) {
  const [withdrawing, setWithdrawing] = useState<InvitationRow | null>(null);
  const client = useTRPCClient();
  const resend = useAction(({ id }: InvitationRow) => client.members.resendInvitation.mutate({ invitationId: id }), {
    said: "Sent again; the link before it no longer works.",
  });
  return (
    <>
      <RefusalNotice refusal={resend.refusal} />
      <DataTable
        name="invitations"
        label="Open invitations"
        columns={columnsOf(zone)}
        rows={rows}
        rowId={(row) => row.id}
        actions={(row) => (
          <>
            <RowButton label="Send again" says={`Send again to ${row.email}`} onClick={() => resend.run(row)} />
            <RowButton
              label="Withdraw"
              says={`Withdraw the invitation of ${row.email}`}
              isDanger
              onClick={() => setWithdrawing(row)}
            />
          </>
        )}
      />
      {withdrawing === null ? null : (
        <LazyConfirm
          title={`Withdraw the invitation of ${withdrawing.email}?`}
          act="Withdraw"
          run={() => client.members.revokeInvitation.mutate({ invitationId: withdrawing.id })}
          said="The invitation is withdrawn."
          onClose={() => setWithdrawing(null)}
        >
          The link in their mail stops working. You can invite them again.
        </LazyConfirm>
      )}
    </>
  );
}

"use client";

import { useState } from "react";
import { CopyText } from "@/app/_shared/copy-text";
import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
import { Moment } from "@/app/_shared/moment";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { RowButton } from "@/app/_shared/table/row-button";
import { useTRPCClient } from "@/app/_trpc/client";
import { roleWord } from "@/policies/access/role-word";
import type { InputFields } from "../run-input";
import { EventDialog, RotateDialog, ScheduleDialog, WebhookDialog } from "./lazy-dialogs";
import { type TriggerPlace, type TriggerRow, whatFires } from "./trigger-row";

type Act = "edit" | "rotate" | "disable" | "delete";

interface Props {
  tenant: string;
  rows: TriggerRow[];
  place: TriggerPlace;
  fields: InputFields;
  may: { webhook: boolean; schedule: boolean; event: boolean; end: boolean };
}

const columnsOf = (tenant: string, { hooksUrl, zone }: TriggerPlace): Column<TriggerRow>[] => [
  { id: "name", header: "Name", value: (row) => row.name },
  { id: "kind", header: "Kind", value: (row) => row.kind },
  {
    id: "what",
    header: "Fired by",
    value: (row) => whatFires(row, hooksUrl),
    cell: (row) =>
      row.kind === "webhook" ? (
        <CopyText text={whatFires(row, hooksUrl)} what={`address of ${row.name}`} />
      ) : (
        <code style={{ overflowWrap: "anywhere" }}>{whatFires(row, hooksUrl)}</code>
      ),
  },
  statusColumn((row) => (row.isEnabled ? "active" : "disabled")),
  { id: "acts", header: "Acts as", value: (row) => roleWord(row.actsAs) },
  momentColumn("next", "Next", (row) => row.nextAt, zone),
  {
    id: "fired",
    header: "Last run",
    value: (row) => row.lastFired?.at ?? null,
    cell: ({ lastFired }) =>
      lastFired === null ? (
        <span>–</span>
      ) : (
        <a href={`/t/${tenant}/runs/${lastFired.runId}`}>
          <Moment at={lastFired.at} zone={zone} />
        </a>
      ),
  },
  {
    id: "refused",
    header: "Last refusal",
    value: (row) => (row.lastRefused === null ? null : `${row.lastRefused.at} ${row.lastRefused.message}`),
    cell: ({ lastRefused }) =>
      lastRefused === null ? (
        <span>–</span>
      ) : (
        <span style={{ overflowWrap: "anywhere" }}>
          <Moment at={lastRefused.at} zone={zone} />: {lastRefused.message}
        </span>
      ),
  },
];

function EditDialog({
  row,
  place,
  fields,
  onClose,
}: Pick<Props, "place" | "fields"> & { row: TriggerRow; onClose: () => void }) {
  if (row.kind === "webhook") return <WebhookDialog place={place} row={row} onClose={onClose} />;
  if (row.kind === "schedule") return <ScheduleDialog place={place} fields={fields} row={row} onClose={onClose} />;
  return <EventDialog place={place} row={row} onClose={onClose} />;
}

/** What starts runs of a workflow by itself, newest first. */
export function TriggersTable({ tenant, rows, place, fields, may }: Props) {
  const client = useTRPCClient();
  const [asked, setAsked] = useState<{ to: Act; row: TriggerRow } | null>(null);
  const close = () => setAsked(null);
  const button = (label: string, to: Act, row: TriggerRow) => (
    <RowButton
      label={label}
      says={`${label} ${row.name}`}
      isDanger={to === "delete"}
      onClick={() => setAsked({ to, row })}
    />
  );
  return (
    <>
      <DataTable
        name="triggers"
        label="Triggers"
        columns={columnsOf(tenant, place)}
        rows={rows}
        rowId={(row) => row.id}
        actions={(row) => (
          <>
            {may[row.kind] ? button("Edit", "edit", row) : null}
            {may.webhook && row.kind === "webhook" ? button("Rotate", "rotate", row) : null}
            {may.end && row.isEnabled ? button("Disable", "disable", row) : null}
            {may.end ? button("Delete", "delete", row) : null}
          </>
        )}
      />
      {asked?.to === "edit" ? <EditDialog row={asked.row} place={place} fields={fields} onClose={close} /> : null}
      {asked?.to === "rotate" && asked.row.kind === "webhook" ? (
        <RotateDialog row={asked.row} address={whatFires(asked.row, place.hooksUrl)} onClose={close} />
      ) : null}
      {asked?.to === "disable" ? (
        <LazyConfirm
          title={`Disable ${asked.row.name}?`}
          act="Disable"
          run={() => client.triggers.disable.mutate({ triggerId: asked.row.id })}
          said="The trigger is disabled."
          onClose={close}
        >
          It starts no run until somebody enables it again. Runs that it started go on.
        </LazyConfirm>
      ) : null}
      {asked?.to === "delete" ? (
        <LazyConfirm
          title={`Delete ${asked.row.name}?`}
          act="Delete trigger"
          run={() => client.triggers.delete.mutate({ triggerId: asked.row.id })}
          said="The trigger is deleted."
          onClose={close}
        >
          It starts no run any more, and its signing secret is destroyed. Runs that it started go on.
        </LazyConfirm>
      ) : null}
    </>
  );
}

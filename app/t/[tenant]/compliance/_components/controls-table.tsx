"use client";

import { Moment } from "@/app/_shared/moment";
import { roleWords } from "@/app/_shared/role-words";
import { Status } from "@/app/_shared/status";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import type { ControlState } from "@/server/compliance/domain/status";
import { controlStatus, STANCE_WORDS } from "./control-words";
import classes from "./compliance.module.css";
import { TurnStrip } from "./turn-strip";
import { type Stretch, stretchWords } from "./turn-words";

export interface ControlRow {
  id: string;
  title: string;
  area: string;
  stance: "owned" | "supported";
  state: ControlState;
  soc2: readonly string[];
  iso27001: readonly string[];
  owner: string;
  why: readonly { text: string }[];
  observedAt: string | null;
  nextDueAt: string | null;
  /** Until when its gap is accepted. */
  exception: { expiresAt: string } | null;
  cadenceDays: number;
  /** Over the period that is looked back over; null where nothing was expected in it. */
  occurrences: { expected: number; observed: number; failed: number; stretches: readonly Stretch[] } | null;
}

const whyOf = ({ why }: ControlRow) => why.map(({ text }) => text).join("; ");

const columnsOf = (tenant: string, zone: string): Column<ControlRow>[] => [
  {
    id: "control",
    header: "Control",
    value: (row) => `${row.id} ${row.title}`,
    cell: (row) => <a href={`/t/${tenant}/compliance/${row.id}`}>{row.title}</a>,
  },
  {
    ...statusColumn<ControlRow>((row) => controlStatus(row.state)),
    cell: ({ state, exception }) => (
      <span className={classes.state}>
        <Status status={controlStatus(state)} />
        {exception === null ? null : (
          <span className={classes.about}>
            accepted until <Moment at={exception.expiresAt} zone={zone} />
          </span>
        )}
      </span>
    ),
  },
  {
    id: "why",
    header: "Why",
    value: whyOf,
    cell: (row) => <span className={classes.why}>{whyOf(row)}</span>,
  },
  {
    id: "shown",
    header: "Shown",
    value: ({ occurrences }) => (occurrences === null ? null : `${occurrences.observed} of ${occurrences.expected}`),
    cell: ({ occurrences, cadenceDays }) =>
      occurrences === null ? "–" : <TurnStrip stretches={occurrences.stretches} cadenceDays={cadenceDays} />,
  },
  { id: "stance", header: "Stance", value: (row) => STANCE_WORDS[row.stance] },
  { id: "soc2", header: "SOC 2", value: (row) => row.soc2.join(", ") },
  { id: "iso", header: "ISO 27001:2022", value: (row) => row.iso27001.join(", ") },
  { id: "owner", header: "Owner", value: (row) => roleWords([row.owner]) },
  momentColumn("due", "Next due", (row) => row.nextDueAt, zone),
  { id: "expected", header: "Expected", value: (row) => row.occurrences?.expected ?? null, isHidden: true },
  { id: "observed-turns", header: "Shown in turns", value: (row) => row.occurrences?.observed ?? null, isHidden: true },
  { id: "failed-turns", header: "Did not hold", value: (row) => row.occurrences?.failed ?? null, isHidden: true },
  {
    id: "turns",
    header: "Turns",
    value: ({ occurrences, cadenceDays }) =>
      occurrences === null ? null : stretchWords(occurrences.stretches, cadenceDays).all,
    isHidden: true,
  },
  { id: "accepted", header: "Accepted until", value: (row) => row.exception?.expiresAt ?? null, isHidden: true },
  { id: "id", header: "Id", value: (row) => row.id, isHidden: true },
  { id: "area", header: "Area", value: (row) => row.area, isHidden: true },
  { id: "observed", header: "Observed", value: (row) => row.observedAt, isHidden: true },
];

/** Controls, gaps first. */
export function ControlsTable({ tenant, rows, zone }: { tenant: string; rows: ControlRow[]; zone: string }) {
  return (
    <DataTable name="controls" label="Controls" columns={columnsOf(tenant, zone)} rows={rows} rowId={(row) => row.id} />
  );
}

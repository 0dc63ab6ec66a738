"use client";

import { useState } from "react";
import { durationText, elapsedMs } from "@/app/_shared/duration";
import { IdText } from "@/app/_shared/id-text";
import { ButtonLink } from "@/app/_shared/page";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import classes from "./runs-table.module.css";

export interface RunRow {
  id: string;
  status: string;
  environment: string;
  riskProfile: string;
  region: string;
  businessUnit: string;
  dataSensitivity: string;
  startedBy: string;
  startedByName: string | null;
  workflowSlug: string;
  workflowName: string;
  version: number;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  isPaused: boolean;
  waitsForPlace: boolean;
  isWaiting: boolean;
}

interface Props {
  tenant: string;
  rows: RunRow[];
  zone: string;
  /** The server's clock, in milliseconds, so that both sides draw the same. */
  now: number;
  /** Where all pages of these runs are exported. */
  exportAction: string;
  nextHref?: string | null;
  firstHref?: string | null;
}

function shownStatus({ status, isPaused, waitsForPlace, isWaiting }: RunRow): string {
  if (isPaused) return "paused";
  if (waitsForPlace) return "no-place";
  return isWaiting ? "waiting" : status;
}

const columnsOf = (tenant: string, zone: string, now: number): Column<RunRow>[] => {
  const took = ({ startedAt, endedAt }: RunRow) => elapsedMs(startedAt, endedAt, now);
  return [
    {
      id: "workflow",
      header: "Workflow",
      value: (row) => row.workflowName,
      cell: (row) => <a href={`/t/${tenant}/runs/${row.id}`}>{row.workflowName}</a>,
    },
    statusColumn(shownStatus),
    momentColumn("created", "Asked for", (row) => row.createdAt, zone),
    {
      id: "took",
      header: "Took",
      value: took,
      cell: (row) => {
        const ms = took(row);
        return ms === null ? "–" : durationText(ms);
      },
      isNumeric: true,
    },
    {
      id: "by",
      header: "Started by",
      value: (row) => row.startedByName ?? row.startedBy,
      cell: (row) => row.startedByName ?? <IdText id={row.startedBy} />,
    },
    { id: "version", header: "Version", value: (row) => row.version, isNumeric: true },
    { id: "environment", header: "Environment", value: (row) => row.environment },
    { id: "risk", header: "Risk", value: (row) => row.riskProfile },
    { id: "region", header: "Region", value: (row) => row.region, isHidden: true },
    { id: "unit", header: "Business unit", value: (row) => row.businessUnit, isHidden: true },
    { id: "sensitivity", header: "Data sensitivity", value: (row) => row.dataSensitivity, isHidden: true },
    { id: "run", header: "Run", value: (row) => row.id, isHidden: true },
  ];
};

/** Runs, newest first. Two of them may be chosen to be compared: the earlier one on the left. */
export function RunsTable({ tenant, rows, zone, now, exportAction, nextHref = null, firstHref = null }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [right, left] = rows.filter(({ id }) => chosen.includes(id));
  const choose = (id: string) =>
    // The two that were chosen last.
    setChosen((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id].slice(-2)));
  return (
    <>
      {right === undefined ? null : (
        <p className={classes.chosen} role="status">
          {left === undefined ? (
            "Choose a second run to compare it with."
          ) : (
            <ButtonLink href={`/t/${tenant}/runs/compare?left=${left.id}&right=${right.id}`}>
              Compare the two runs
            </ButtonLink>
          )}
        </p>
      )}
      <DataTable
        name="runs"
        label="Runs"
        columns={columnsOf(tenant, zone, now)}
        rows={rows}
        rowId={(row) => row.id}
        actions={(row) => (
          <label className={classes.choice}>
            <input type="checkbox" checked={chosen.includes(row.id)} onChange={() => choose(row.id)} /> Compare
            <span className="visually-hidden"> this run of {row.workflowName}</span>
          </label>
        )}
        exportAction={exportAction}
        nextHref={nextHref}
        firstHref={firstHref}
      />
    </>
  );
}

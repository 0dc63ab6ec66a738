"use client";

import { type Column, DataTable } from "@/app/_shared/table/data-table";
import classes from "./usage-tables.module.css";
import { bytesText, countText, tasksText } from "./quantities";

interface UseRow {
  tasks: number;
  weightMilli: number;
  bytes: number;
  externalCalls: number;
}

/** A number and, behind it, its share of the largest: seen before it is read. */
function Weighed({ weightMilli, most }: { weightMilli: number; most: number }) {
  const share = most === 0 ? 0 : Math.round((weightMilli / most) * 100);
  return (
    <span className={classes.weighed}>
      <span className={classes.bar} aria-hidden>
        <span style={{ width: `${share}%` }} />
      </span>
      <span className={classes.number}>{tasksText(weightMilli)}</span>
    </span>
  );
}

const useColumns = <Row extends UseRow>(rows: readonly Row[]): Column<Row>[] => {
  const most = Math.max(0, ...rows.map(({ weightMilli }) => weightMilli));
  return [
    {
      id: "weight",
      header: "Weighted tasks",
      value: ({ weightMilli }) => weightMilli / 1_000,
      cell: ({ weightMilli }) => <Weighed weightMilli={weightMilli} most={most} />,
      isNumeric: true,
    },
    {
      ...{ id: "tasks", header: "Tasks", isNumeric: true },
      value: ({ tasks }) => tasks,
      cell: ({ tasks }) => countText(tasks),
    },
    {
      ...{ id: "calls", header: "Calls outside", isNumeric: true },
      value: ({ externalCalls }) => externalCalls,
      cell: ({ externalCalls }) => countText(externalCalls),
    },
    {
      ...{ id: "bytes", header: "Data", isNumeric: true },
      value: ({ bytes }) => bytes,
      cell: ({ bytes }) => bytesText(bytes),
    },
  ];
};

export type DayRow = UseRow & { day: string };
export type TypeRow = UseRow & { taskType: string };

/** Use by day, the last day first. */
export function DaysTable({ rows }: { rows: DayRow[] }) {
  const columns: Column<DayRow>[] = [{ id: "day", header: "Day (UTC)", value: ({ day }) => day }, ...useColumns(rows)];
  return <DataTable name="usage-days" label="Use by day" columns={columns} rows={rows} rowId={({ day }) => day} />;
}

/** Use by type of step, the heaviest first. */
export function TypesTable({ rows }: { rows: TypeRow[] }) {
  const columns: Column<TypeRow>[] = [
    { id: "type", header: "Type of step", value: ({ taskType }) => taskType },
    ...useColumns(rows),
  ];
  return (
    <DataTable
      name="usage-types"
      label="Use by type"
      columns={columns}
      rows={rows}
      rowId={({ taskType }) => taskType}
    />
  );
}

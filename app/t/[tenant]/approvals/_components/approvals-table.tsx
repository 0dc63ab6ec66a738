"use client";

import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import { roleWord } from "@/policies/access/role-word";
import type { ApprovalStatus } from "@/server/approvals/domain/status";

export interface ApprovalRow {
  id: string;
  title: string;
  status: ApprovalStatus;
  workflowName: string;
  workflowSlug: string;
  runId: string;
  role: string;
  stage: number;
  stages: number;
  given: number;
  quorum: number;
  requestedByName: string;
  dueAt: string;
  createdAt: string;
  endedAt: string | null;
}

interface Props {
  tenant: string;
  rows: ApprovalRow[];
  /** They wait for nobody any more. */
  isOver: boolean;
  zone: string;
  nextHref: string | null;
  firstHref: string | null;
}

const stageWords = ({ role, stage, stages, given, quorum }: ApprovalRow) =>
  `${roleWord(role)}, ${given} of ${quorum}${stages === 1 ? "" : ` (stage ${stage} of ${stages})`}`;

const columnsOf = (tenant: string, isOver: boolean, zone: string): Column<ApprovalRow>[] => [
  {
    id: "title",
    header: "What is asked",
    value: (row) => row.title,
    cell: (row) => <a href={`/t/${tenant}/approvals/${row.id}`}>{row.title}</a>,
  },
  {
    id: "workflow",
    header: "Workflow",
    value: (row) => row.workflowName,
    cell: (row) => <a href={`/t/${tenant}/workflows/${row.workflowSlug}`}>{row.workflowName}</a>,
  },
  statusColumn((row) => row.status),
  { id: "stage", header: isOver ? "Last stage" : "Asks", value: stageWords },
  { id: "by", header: "Asked by", value: (row) => row.requestedByName },
  momentColumn("asked", "Asked at", (row) => row.createdAt, zone),
  isOver
    ? momentColumn("ended", "Ended", (row) => row.endedAt, zone)
    : momentColumn("due", "Expires", (row) => row.dueAt, zone),
  { id: "run", header: "Run", value: (row) => row.runId, isHidden: true },
  { id: "id", header: "Request", value: (row) => row.id, isHidden: true },
];

/** Requests for approval, newest first. */
export function ApprovalsTable({ tenant, rows, isOver, zone, nextHref, firstHref }: Props) {
  return (
    <DataTable
      name="approvals"
      label="Approvals"
      columns={columnsOf(tenant, isOver, zone)}
      rows={rows}
      rowId={(row) => row.id}
      nextHref={nextHref}
      firstHref={firstHref}
    />
  );
}

import { elapsedMs } from "@/app/_shared/duration";
import { type CellValue, CSV_START, csvLines } from "@/app/_shared/table/csv";
import type { RunRow } from "../_components/runs-table";

const COLUMNS: readonly (readonly [header: string, value: (row: RunRow) => CellValue])[] = [
  ["Run", (row) => row.id],
  ["Workflow", (row) => row.workflowName],
  ["Address", (row) => row.workflowSlug],
  ["Version", (row) => row.version],
  ["Status", (row) => (row.isPaused ? "paused" : row.isWaiting ? "waiting" : row.status)],
  ["Asked for", (row) => row.createdAt],
  ["Started", (row) => row.startedAt],
  ["Ended", (row) => row.endedAt],
  ["Took (ms)", (row) => (row.endedAt === null ? null : elapsedMs(row.startedAt, row.endedAt, 0))],
  ["Started by", (row) => row.startedByName ?? row.startedBy],
  ["Environment", (row) => row.environment],
  ["Risk", (row) => row.riskProfile],
  ["Region", (row) => row.region],
  ["Business unit", (row) => row.businessUnit],
  ["Data sensitivity", (row) => row.dataSensitivity],
];

interface Pages {
  /** A page of the runs after a place in the list. */
  page: (cursor: string | undefined) => Promise<{ rows: readonly RunRow[]; nextCursor: string | null }>;
  /** Rows at most. */
  most: number;
  /** True when there are more rows than that: the last line says so. */
  isCut: boolean;
}

/**
 * Runs as parts of a CSV file, a page at a time: the next one is asked for when the one before was taken, so that no more
 * than one is in memory.
 */
export async function* runsCsv({ page, most, isCut }: Pages): AsyncGenerator<string> {
  yield CSV_START + csvLines([COLUMNS.map(([header]) => header)]);
  let left = most;
  let cursor: string | undefined;
  do {
    const { rows, nextCursor } = await page(cursor);
    const taken = rows.slice(0, left);
    if (taken.length > 0) yield csvLines(taken.map((row) => COLUMNS.map(([, value]) => value(row))));
    left -= taken.length;
    cursor = nextCursor ?? undefined;
  } while (left > 0 && cursor !== undefined);
  if (isCut) yield csvLines([[`Cut: these are the newest ${most} runs, and there are more. Narrow the filter.`]]);
}

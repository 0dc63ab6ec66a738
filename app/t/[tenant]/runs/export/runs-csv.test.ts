import { expect, it } from "vitest";
import type { RunRow } from "../_components/runs-table";
import { runsCsv } from "./runs-csv";

const row = (n: number, over: Partial<RunRow> = {}): RunRow => ({
  ...{ id: `run_${n}`, status: "succeeded", environment: "dev", riskProfile: "low", region: "eu", version: 1 },
  ...{ businessUnit: "general", dataSensitivity: "internal", startedBy: "user:usr_1", startedByName: "Ann" },
  ...{
    workflowSlug: "flow",
    workflowName: "Flow",
    isPaused: false,
    isWaiting: false,
    waitsForPlace: false,
    createdAt: "2026-11-26T10:00:00.000Z",
  },
  ...{ startedAt: "2026-11-26T10:00:01.000Z", endedAt: "2026-11-26T10:00:03.500Z" },
  ...over,
});

async function linesOf(rows: RunRow[], most: number, isCut = false, perPage = 2) {
  const asked: (string | undefined)[] = [];
  const page = (cursor: string | undefined) => {
    asked.push(cursor);
    const from = Number(cursor ?? 0);
    const nextCursor = from + perPage < rows.length ? String(from + perPage) : null;
    return Promise.resolve({ rows: rows.slice(from, from + perPage), nextCursor });
  };
  let text = "";
  for await (const part of runsCsv({ page, most, isCut })) text += part;
  return { lines: text.trimEnd().split("\r\n"), asked };
}

it("walks all pages, a line for each run", async () => {
  const { lines, asked } = await linesOf([row(1), row(2), row(3), row(4), row(5)], 100);
  expect(asked).toEqual([undefined, "2", "4"]);
  expect(lines[0]).toMatch(/^\ufeffRun,Workflow,/);
  expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(["run_1", "run_2", "run_3", "run_4", "run_5"]);
  expect(lines[1]).toContain(",2500,Ann,");
});

it("ends where it may hold no more, says so, and asks for no page beyond", async () => {
  const { lines, asked } = await linesOf([row(1), row(2), row(3), row(4), row(5)], 3, true);
  expect(asked).toEqual([undefined, "2"]);
  expect(lines).toHaveLength(5);
  expect(lines.at(-1)).toBe('"Cut: these are the newest 3 runs, and there are more. Narrow the filter."');
});

it("53 gives a spreadsheet no formula", async () => {
  const { lines } = await linesOf([row(1, { workflowName: "=cmd|' /C calc'!A0", startedByName: "+1" })], 10);
  expect(lines[1]).toContain(`'=cmd|' /C calc'!A0`);
  expect(lines[1]).toContain(",'+1,");
});

it("is a head alone where nothing matches", async () => {
  expect((await linesOf([], 10)).lines).toHaveLength(1);
});

import { availableParallelism } from "node:os";
import { runStages, type Stage } from "./stages";

/** What needs no database and no browser: format, lint, types, unused code, generated files. */
export const CHECK_STAGES: readonly [Stage, ...Stage[]] = [
  // The longest first. More room for young objects (MB) spares it a tenth of its time, spent on moving them.
  { name: "types and lint", run: ["tsx", "--max-semi-space-size=64", "jobs/cli/types-and-lint.ts"] },
  { name: "format", run: ["prettier", "--check", "--log-level", "warn", "."] },
  { name: "unused code and dependencies", run: ["knip"] },
  { name: "generated files", run: ["tsx", "jobs/cli/generate.ts", "--check"] },
];

/** How many run at a time: each keeps about one core busy. */
export const CHECK_WIDTH = Math.min(2, availableParallelism());

export async function check(): Promise<number> {
  const results = await runStages(CHECK_STAGES, CHECK_WIDTH);
  return results.every(({ passed }) => passed) ? 0 : 1;
}

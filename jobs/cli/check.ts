import { runStages, type Stage } from "./stages";

/** What needs no database and no browser: format, lint, types, unused code, generated files. */
export const CHECK_STAGES: readonly Stage[] = [
  { name: "format", run: ["prettier", "--check", "--log-level", "warn", "."] },
  { name: "types", run: ["tsc", "--noEmit", "-p", "."] },
  { name: "lint", run: ["eslint", ".", "--max-warnings", "0"] },
  { name: "unused code and dependencies", run: ["knip"] },
  { name: "generated files", run: ["tsx", "jobs/cli/generate.ts", "--check"] },
];

export async function check(): Promise<number> {
  const results = await runStages(CHECK_STAGES);
  return results.every(({ passed }) => passed) ? 0 : 1;
}

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { CHECK_STAGES } from "./check";
import { ROOT } from "./local-state";
import { runStages, type Stage } from "./stages";

const results = (name: string) => path.join(ROOT, "test-results", `${name}.json`);
const report = (name: string) => ["--reporter=default", "--reporter=json", `--outputFile.json=${results(name)}`];

const TEST_STAGES: readonly Stage[] = [
  { name: "unit and integration tests, with coverage", run: ["vitest", "run", "--coverage", ...report("vitest")] },
  {
    name: "integration tests through the Neon driver",
    run: ["vitest", "run", "--project", "integration", ...report("neon")],
    env: { TEST_DRIVER: "neon" },
  },
  { name: "browser and attack tests on the built product", run: ["playwright", "test"] },
];

interface Counts {
  passed: number;
  failed: number;
}

function vitestCounts(name: string): Counts {
  const { numPassedTests, numFailedTests, numTotalTestSuites } = readJson<Record<string, number>>(results(name)) ?? {};
  return { passed: numPassedTests ?? 0, failed: numTotalTestSuites === undefined ? 1 : (numFailedTests ?? 0) };
}

function playwrightCounts(): Counts {
  const { stats } = readJson<{ stats?: { expected: number; unexpected: number; flaky: number } }>(results("e2e")) ?? {};
  return { passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed: stats === undefined ? 1 : stats.unexpected };
}

function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return undefined;
  }
}

/** Everything CI runs. The last line counts tests and, as one each, the stages that are no tests. */
export async function test(): Promise<number> {
  rmSync(path.join(ROOT, "test-results"), { recursive: true, force: true });
  mkdirSync(path.join(ROOT, "test-results"), { recursive: true });
  const outcome = await runStages([...CHECK_STAGES, ...TEST_STAGES]);
  const stages = outcome.slice(0, CHECK_STAGES.length);
  const secondTries = readJson<{ stats?: { flaky: number } }>(results("e2e"))?.stats?.flaky ?? 0;
  if (secondTries > 0) process.stdout.write(`${secondTries} of the browser tests needed a second try\n`);
  const counts = [vitestCounts("vitest"), vitestCounts("neon"), playwrightCounts()];
  const passed = counts.reduce((sum, count) => sum + count.passed, stages.filter((stage) => stage.passed).length);
  const failedTests = counts.reduce((sum, count) => sum + count.failed, stages.filter((stage) => !stage.passed).length);
  // A stage may fail without a failed test: coverage below its floor, an error outside any test.
  const isGreen = outcome.every((stage) => stage.passed);
  const failed = isGreen ? failedTests : Math.max(1, failedTests);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

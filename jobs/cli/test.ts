import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { CHECK_STAGES, CHECK_WIDTH } from "./check";
import { SCENARIOS } from "@/e2e/chaos/scenarios";
import { ROOT } from "./local-state";
import { runStages, type Stage, type StageResult } from "./stages";
import { type Failure, readPlaywright, readVitest } from "./test-results";

const results = (name: string) => path.join(ROOT, "test-results", `${name}.json`);
const report = (name: string) => ["--reporter=default", "--reporter=json", `--outputFile.json=${results(name)}`];

/**
 * What shows that the other driver does all that it is asked to: its doors and what it says of errors, broken connections and
 * full disks; transactions that commit, race, hold locks and roll back; chains; streams; and the executor's claims, steps and
 * waits. All tests run through the driver that embedded deployments use.
 */
const THROUGH_NEON = [
  ...["disk-full", "half-dead", "postgres-errors", "tenancy"].map((part) => `db/${part}`),
  ...["approvals/decide-approval", "auth/session", "auth/oidc", "holds/set-hold", "holds/settle-holds"].map(
    (part) => `server/${part}`,
  ),
  ...["members/accept-invitation", "receipts/", "runs/execution/conduct-run", "runs/execution/kill-gate"].map(
    (part) => `server/${part}`,
  ),
  ...["runs/export-runs", "runs/start-run", "trpc/isolation"].map((part) => `server/${part}`),
  ...["leases", "retention", "steps", "triggers", "waits", "worker."].map((part) => `jobs/engine/${part}`),
  ...["platform/purge-expired", "platform/relay", "runs/execute-run"].map((part) => `jobs/${part}`),
];

const TEST_STAGES: readonly Stage[] = [
  {
    name: "unit and integration tests, with coverage",
    run: ["vitest", "run", "--project", "!flag server", "--coverage", ...report("vitest")],
  },
  {
    name: "integration tests through the Neon driver",
    run: ["vitest", "run", "--project", "integration*", ...report("neon"), ...THROUGH_NEON],
    env: { TEST_DRIVER: "neon" },
  },
  {
    name: "tests with a real Unleash server",
    run: ["vitest", "run", "--project", "flag server", ...report("flags")],
  },
  { name: "browser and attack tests on the built product", run: ["playwright", "test"] },
];

const CHAOS = Object.entries(SCENARIOS).map(
  ([scenario, { few, unit, seed, isTimed = false }]): Stage & { isTimed: boolean } => ({
    name: `chaos, ${scenario}: ${few} ${unit}`,
    run: [
      "node",
      path.join("jobs", "cli", "conductor.mjs"),
      "chaos",
      scenario,
      "--count",
      String(few),
      ...(seed === undefined ? [] : ["--seed", String(seed)]),
    ],
    isTimed,
  }),
);

const [LONGEST_CHECK, ...OTHER_CHECKS] = CHECK_STAGES;

/** What is proven or made, and is no test: each counted as one. */
const PREPARED: readonly Stage[] = [
  LONGEST_CHECK,
  { name: "OPA 0.47 on every question of each pack", run: ["tsx", path.join("e2e", "opa", "every-question.ts")] },
  { name: "build of the product", run: ["tsx", path.join("jobs", "cli", "build-product.ts")] },
  ...OTHER_CHECKS,
];

/**
 * Chaos: two scenarios at a time, as each waits for leases and timers, and those with times to keep by themselves with the
 * whole machine. In CI what failed runs once more, by itself, as every other test does.
 */
async function runChaos(): Promise<{ outcome: StageResult[]; failedFirst: Failure[] }> {
  const [alone, together] = [CHAOS.filter(({ isTimed }) => isTimed), CHAOS.filter(({ isTimed }) => !isTimed)];
  const first = [...(await runStages(together, CHECK_WIDTH)), ...(await runStages(alone))];
  const failed = [...together, ...alone].filter((_, place) => first[place]?.passed !== true);
  if (failed.length === 0 || process.env.CI === undefined) return { outcome: first, failedFirst: [] };
  const message = "what was broken stands in its report, above";
  const outcome = [...first.filter(({ passed }) => passed), ...(await runStages(failed))];
  return { outcome, failedFirst: failed.map(({ name }) => ({ test: name, message })) };
}

// One test in a thousand may need its second try, which only CI gives: more is no bad luck.
const SECOND_TRIES_MOST = 8;

function readJson(name: string): unknown {
  try {
    return JSON.parse(readFileSync(results(name), "utf8"));
  } catch {
    return undefined;
  }
}

/** The failures in words, each cut to what fits on a screen: the end of a long output is what people see first. */
function tell(title: string, failures: readonly Failure[]): void {
  if (failures.length === 0) return;
  process.stdout.write(`\n${title}:\n`);
  for (const { test, message } of failures)
    process.stdout.write(
      `  ${test.replace(`${ROOT}/`, "")}\n    ${stripVTControlCharacters(message).slice(0, 1_500).replaceAll("\n", "\n    ")}\n`,
    );
  process.stdout.write("\n");
}

/**
 * Everything CI runs. Ends with what failed, what passed only at its second try, and one line that counts tests and, as
 * one each, the stages that are no tests.
 */
export async function test(): Promise<number> {
  rmSync(path.join(ROOT, "test-results"), { recursive: true, force: true });
  mkdirSync(path.join(ROOT, "test-results"), { recursive: true });
  const prepared = await runStages(PREPARED, CHECK_WIDTH);
  const tests = await runStages(TEST_STAGES);
  const chaos = await runChaos();
  const outcome = [...prepared, ...tests, ...chaos.outcome];
  const read = [
    ...["vitest", "neon", "flags"].map((name) => readVitest(readJson(name))),
    readPlaywright(readJson("e2e")),
  ];

  const failed = read.flatMap((one) => one.failed);
  const secondTries = [...read.flatMap((one) => one.passedAtSecondTry), ...chaos.failedFirst];
  tell("Failed", failed);
  tell("Passed at the second try only", secondTries);

  const counted = [...prepared, ...chaos.outcome];
  const passedChecks = counted.filter((check) => check.passed).length;
  const passed = passedChecks + read.reduce((sum, one) => sum + one.passed, 0);
  // A stage may fail without a failed test: coverage below its floor, an error outside any test.
  const isGreen = outcome.every((stage) => stage.passed) && secondTries.length <= SECOND_TRIES_MOST;
  const failures = failed.length + counted.length - passedChecks;
  process.stdout.write(`${passed} passed, ${isGreen ? failures : Math.max(1, failures)} failed\n`);
  return isGreen && failures === 0 ? 0 : 1;
}

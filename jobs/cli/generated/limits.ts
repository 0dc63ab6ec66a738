import { RETENTION_DAYS } from "@/jobs/engine/retention";
import { MAX_ANSWER_BYTES } from "@/server/platform/egress";
import { EXPRESSION_LIMITS } from "@/server/platform/expression-sandbox";
import { MAX_BODY_BYTES } from "@/server/platform/incoming";
import { DEFAULT_QUOTAS, HIGHEST_QUOTAS } from "@/server/quotas/domain/quota";
import { CIRCUIT } from "@/server/runs/domain/circuit";
import { MAX_CALL_DEPTH, MAX_FILE_BYTES, MAX_OUTPUT_BYTES } from "@/server/runs/domain/limits";
import { VALUE_MAX } from "@/server/runs/domain/run-input";
import { MAX_STEPS } from "@/server/workflows/domain/definition";
import { MAX_ITEMS } from "@/server/workflows/domain/step";
import { MAX_WAIT_SECONDS } from "@/server/workflows/domain/wait-step";

export interface Limit {
  what: string;
  limit: string;
  /** What somebody sees who goes beyond it. */
  beyond: string;
  /** The tests that go up to it, and beyond: file and title. */
  shownBy: readonly (readonly [file: string, title: string])[];
}

const RUNS = "jobs/runs/limits.db.test.ts";
const CONDUCT = "server/runs/execution/conduct-run.db.test.ts";
const FORK = "server/runs/execution/fork.db.test.ts";
const EXECUTE = "jobs/runs/execute-run.db.test.ts";
const CLAIMS = "jobs/engine/fair-claims.db.test.ts";
const QUOTAS = "server/quotas/quotas.db.test.ts";
const PLAN_OF_RUNS = "server/runs/plan-of-runs.db.test.ts";

const count = (number: number) => number.toLocaleString("en-US");
const bytes = (number: number) => `${count(number)} bytes`;
const quota = (of: keyof typeof DEFAULT_QUOTAS) =>
  `${count(DEFAULT_QUOTAS[of])}, up to ${count(HIGHEST_QUOTAS[of])} by the operating tenant`;

/** Every limit of a run, with the tests that show what happens at it. */
export const LIMITS: readonly Limit[] = [
  {
    ...{ what: "Steps of a definition", limit: count(MAX_STEPS), beyond: "refused when it is saved" },
    shownBy: [
      [CONDUCT, "are all kept, in their order, when there are a thousand"],
      ["server/workflows/domain/check-definition.test.ts", "checks a chain of 1,000 steps and refuses 1,001"],
    ],
  },
  {
    ...{ what: "Items of a `for-each`", limit: count(MAX_ITEMS), beyond: "the step fails: `too-many-items`" },
    shownBy: [
      [FORK, "of a thousand items keeps every one"],
      [FORK, "more than it may"],
    ],
  },
  {
    ...{
      what: "A `wait`",
      limit: `${MAX_WAIT_SECONDS / 86_400} days`,
      beyond: "refused when it is saved, or fails the step",
    },
    shownBy: [
      [RUNS, "outlasts every night's deletions, and ends on its day"],
      [CONDUCT, "a moment to come"],
    ],
  },
  {
    ...{ what: "The body of a call: a start, a webhook, a form", limit: bytes(MAX_BODY_BYTES) },
    beyond: "refused, with the limit in words",
    shownBy: [
      [RUNS, "is taken up to the last byte, and its run reads all of it"],
      [RUNS, "and a byte is refused, with the limit in words; so is one field that holds too much of it"],
      ["server/trpc/http.test.ts", "refuses a body that is too long, whether or not it says so"],
      ["server/triggers/webhooks.db.test.ts", "more than a megabyte"],
    ],
  },
  {
    ...{ what: "One field of an input", limit: `${count(VALUE_MAX)} characters`, beyond: "refused, by field" },
    shownBy: [[RUNS, "and a byte is refused, with the limit in words; so is one field that holds too much of it"]],
  },
  {
    ...{ what: "The answer of a target", limit: bytes(MAX_ANSWER_BYTES), beyond: "the step fails: `too-large`" },
    shownBy: [
      [RUNS, "is kept up to the last byte, and read by the next step"],
      [RUNS, "and a byte fails its step, with the limit in words"],
      ["server/platform/egress.test.ts", "cuts a compressed answer by its decoded size"],
    ],
  },
  {
    ...{ what: "What a `transform` gives", limit: bytes(EXPRESSION_LIMITS.resultBytes) },
    beyond: "the step fails: `expression-too-large`",
    shownBy: [["server/runs/execution/act.test.ts", "a result too large"]],
  },
  {
    ...{ what: "A file of an `evidence` step", limit: bytes(MAX_FILE_BYTES), beyond: "the step fails: `too-large`" },
    shownBy: [
      [
        "server/runs/execution/act.test.ts",
        "may be tried again while the store is away, and not when the file is too large",
      ],
    ],
  },
  {
    ...{
      what: "All outputs of a run together",
      limit: bytes(MAX_OUTPUT_BYTES),
      beyond: "the run fails: `run-too-large`",
    },
    shownBy: [[EXECUTE, "is ended when what its steps gave weighs too much together"]],
  },
  {
    ...{ what: "Workflows that call each other in a row", limit: count(MAX_CALL_DEPTH), beyond: "the step fails" },
    shownBy: [
      [
        "jobs/runs/steps.db.test.ts",
        "of itself is refused at save; of one that calls back is stopped after five in a row",
      ],
    ],
  },
  {
    ...{ what: "Queued runs of a tenant", limit: quota("mostQueuedRuns"), beyond: "the start is refused (429)" },
    shownBy: [[QUOTAS, "beyond the quota are refused, with one receipt for all of them, until some have gone"]],
  },
  {
    ...{ what: "Runs of a tenant a month", limit: "what its plan has" },
    beyond: "the start is refused (429) until the next month, with what has more",
    shownBy: [[PLAN_OF_RUNS, "are refused beyond what a trial has, with its name, what has more and until when"]],
  },
  {
    ...{
      what: "Runs of a tenant at work at a time",
      limit: `${quota("mostConcurrentRuns")}; or what its plan has, where that is less than what was set`,
    },
    beyond: "they wait in the queue; one that only waits does not count",
    shownBy: [
      [CLAIMS, "of runs at a time lets the next begin when one has ended, in their order"],
      [CLAIMS, "of runs at a time does not count one that rests, which takes its place again before any that begins"],
    ],
  },
  {
    ...{ what: "Steps of a tenant at a time", limit: quota("mostConcurrentSteps"), beyond: "they wait in the queue" },
    shownBy: [[CLAIMS, "of steps at a time holds over all workers, also when they claim at once"]],
  },
  {
    what: "Failed attempts in a row to one host, for a tenant and worker",
    limit: `${CIRCUIT.failures}, over ${CIRCUIT.lastsMs / 1_000} s or more`,
    beyond: `further ones fail at once: \`circuit-open\`, for ${CIRCUIT.pauseMs / 1_000} to ${CIRCUIT.pauseMsMost / 1_000} s`,
    shownBy: [
      [
        "server/runs/domain/circuit.test.ts",
        "opens with the last of so many failures in a row, and lets one through after its pause",
      ],
      ["server/runs/execution/ask-target.test.ts", "with %s is not asked any more for a while, with the reason"],
    ],
  },
  {
    what: "The executor's own record of what is over",
    limit: `${RETENTION_DAYS.completed} days, ${RETENTION_DAYS.failed} of what failed, ${RETENTION_DAYS.events} of events`,
    beyond: "deleted at night; runs, steps, receipts and usage stay",
    shownBy: [
      ["jobs/engine/retention.db.test.ts", "deletes what is over after its days, failed runs later, open ones never"],
    ],
  },
];

/** The limits of runs, each with what happens beyond it and the tests that show it. */
export function limitTable(): string {
  const rows = LIMITS.map(({ what, limit, beyond, shownBy }) => {
    const tests = [...Map.groupBy(shownBy, ([file]) => file)].map(
      ([file, all]) => `\`${file}\`: ${all.map(([, title]) => title).join("; ")}`,
    );
    return `| ${what} | ${limit} | ${beyond} | ${tests.join("<br>")} |`;
  });
  return [
    "# Limits of runs",
    "",
    "Generated from the constants that the product itself checks. Each row names the tests that go up to the limit, and beyond",
    "it. Bounds of a definition's fields are in [workflow-definition.md](workflow-definition.md).",
    "",
    "| What | At most | Beyond it | Shown by |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

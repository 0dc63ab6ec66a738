import { SCENARIOS } from "@/e2e/chaos/scenarios";
import { must } from "@/server/kernel/errors";

/** What measures a goal: a benchmark and what it calls its figures, a scenario of chaos, or a test by file and title. */
type Measure =
  | { bench: string; figures: readonly string[] }
  | { chaos: string; figures?: readonly string[] }
  | { file: string; title: string };

export interface Goal {
  id: string;
  what: string;
  /** What is promised. */
  promised: string;
  measures: readonly Measure[];
  /** What of it nothing measures. */
  missing?: string;
}

const runs = (...figures: string[]): Measure => ({ bench: "runs", figures });
const fairness = (...figures: string[]): Measure => ({ bench: "fairness", figures });
const chaos = (scenario: string, ...figures: string[]): Measure => ({ chaos: scenario, figures });

/** How fast runs are, and what a measure of it is called. */
export const SPEED: readonly Goal[] = [
  {
    ...{ id: "P1", what: "Durable steps: 500 runs of 5 steps, ten at a time, every commit on the disk" },
    promised: "≥ 1,000 steps/s, and ≥ 0.30 of one plain commit per step",
    measures: [runs("stepsPerSecond", "floor", "ratio", "peers")],
  },
  {
    ...{ id: "P2", what: "A run of 5 steps, ten at a time" },
    ...{ promised: "p50 ≤ 45 ms, p99 ≤ 110 ms", measures: [runs("p50", "p99", "peers")] },
  },
  {
    ...{ id: "P3", what: "A run of 5 steps, one at a time" },
    ...{ promised: "p50 ≤ 15 ms, p99 ≤ 50 ms", measures: [runs("p50Alone", "p99Alone", "peers")] },
  },
  {
    ...{ id: "P4", what: "A start through the API: authorised, with its receipt and its event, at 50/s" },
    ...{ promised: "p99 ≤ 60 ms", measures: [], missing: "all of it" },
  },
  {
    ...{ id: "P5", what: "From a kill to its confirmation, after which no step begins" },
    ...{ promised: "p99 ≤ 200 ms", measures: [chaos("runs", "killP99")] },
  },
  {
    ...{ id: "P6", what: "How late runs go on, when 10,000 waits end within one minute" },
    ...{ promised: "p99 ≤ 1 s", measures: [{ bench: "timers", figures: ["p50", "p99", "plansP99", "firesP99"] }] },
  },
  {
    ...{ id: "P9", what: "A page, while the executor does 300 steps/s" },
    ...{ promised: "p99 ≤ 2 × the p99 of an idle deployment", measures: [], missing: "all of it" },
  },
  {
    ...{
      id: "P14",
      what: "A sealed bundle of 10,000 runs and 80,000 receipts, built by a worker; one of 100,000 items",
    },
    promised:
      "≤ 6 s, ≤ 150 MB more memory, ≤ 2 s to verify with Node; of 100,000 items ≤ 512 MB, and the same bytes when it is killed and begun anew",
    measures: [
      {
        bench: "evidence",
        figures: [
          "seal",
          "sealMemory",
          "verifyNode",
          "verifyPython",
          "verifyShell",
          "items",
          "itemsMemory",
          "killedIsSame",
        ],
      },
    ],
    missing: "pages beside a build: it is another process that builds, on the same cores",
  },
  {
    ...{ id: "P16", what: "A burst: 1,000 tenants start 100 runs of 5 steps each" },
    promised:
      "accepted ≤ 30 s, drained ≤ 10 min, each tenant's first run ≤ 20 s, last tenant's end ≤ 1.5 × the first's, p99 of a claim ≤ 50 ms at the full backlog",
    measures: [fairness("burstAccepted", "burstDrained", "burstFirstRun", "burstSpread", "claimP99")],
    missing: "the claim is timed at the backlog of P17",
  },
  {
    ...{ id: "P17", what: "999 tenants start one run each beside one with 100,000 in its queue" },
    ...{ promised: "all 999 done ≤ 15 s", measures: [fairness("besideP50", "besideP99", "besideMax")] },
    missing: "each run is timed by itself, ten starts at a time: from the first start to the last end is not",
  },
];

/** What runs survive. */
export const FAILURES: readonly Goal[] = [
  {
    ...{ id: "F1", what: "Workers killed (`kill -9`) at any moment and at chosen points" },
    promised:
      "no run lost, no finished step again, a repeat for a fault only and with the first one's key, no kill lost; first progress ≤ 4 s after a restart",
    measures: [chaos("runs", "takeoverP50", "takeoverP99")],
    missing: "the first progress after a restart; approvals (no run of the scenario waits for one)",
  },
  {
    ...{ id: "F2", what: "One of several workers dies" },
    promised: "another has its calls ≤ 15 s (p99); never two owners",
    measures: [
      chaos("runs", "takeovers", "takeoverP99"),
      {
        file: "jobs/engine/leases.db.test.ts",
        title: "that ran out passes the call on, and fences out what the first worker still brings",
      },
    ],
    missing: "with two workers alone: there are three",
  },
  {
    ...{ id: "F3", what: "Workers, and web servers, asked to stop (SIGTERM) one after the other, under load" },
    promised: "no repeat, each leaves ≤ 10 s, no answer 5xx",
    measures: [chaos("restarts", "exitP50", "exitMost"), chaos("web-restarts", "answers", "answerP99", "exitMost")],
  },
  {
    ...{ id: "F4", what: "Postgres stopped at once, as `stop -m immediate` does" },
    promised:
      "no process ends, readiness is 503 and then 200 ≤ 5 s after its return, no accepted run lost, none stuck after 60 s",
    measures: [
      chaos("runs"),
      {
        file: "e2e/journeys/outage.spec.ts",
        title: "the product says it is not ready while Postgres is away, and recovers by itself",
      },
    ],
    missing: "the 5 s; the 60 s (it is judged after 120 s); during recovery and migration; an outage of 30 s",
  },
  {
    ...{ id: "F5", what: "Connections cut in the middle of what they carry; an answer to a commit lost" },
    promised: "only statements that are repeated; no double effect",
    ...{ measures: [chaos("runs")], missing: "500 single connections: it cuts half of them at a time, less often" },
  },
  {
    ...{ id: "F6", what: "Clocks of processes wrong by ±1 h and ±1 day" },
    promised: "no early timer, no lease stolen; webhooks within their tolerance",
    measures: [chaos("runs"), { file: "server/triggers/domain/signature.test.ts", title: "too old" }],
    missing: "a clock that jumps while its process runs; sessions",
  },
  {
    ...{ id: "F7", what: "Targets that drip, never end, say nothing, fail or cut the line" },
    promised:
      "attempts cut at their timeout, p99 of other tenants' runs ≤ 2 ×, lines bounded, < 50 MB more memory, a breaker that opens",
    measures: [chaos("slow-targets", "before", "beside", "lines", "rssMore")],
  },
  {
    ...{ id: "F8", what: "Postgres' disk full to its last byte, then freed" },
    promised: "writes refused with a clear error and an incident, nothing accepted lost, back ≤ 30 s by itself",
    measures: [chaos("full-disk", "refusals", "backMost")],
    missing: "an incident; files of an export. Needs to mount a disk in memory, and says so where it may not",
  },
  {
    ...{ id: "F9", what: "No folder for temporary files, nobody who reads the log" },
    ...{ promised: "no process ends, nothing is allowed that was not", measures: [chaos("no-temp")] },
    missing: "what the web process allows meanwhile; a folder that is there and full",
  },
  {
    ...{ id: "F10", what: "One in twenty writing statements lost to a timeout, a deadlock or a serialization failure" },
    promised: "repeated at most 3 times; whoever asked sees that it was done, or one clear error",
    measures: [chaos("conflicts", "lost")],
    missing: "how often a statement is repeated",
  },
  {
    ...{ id: "F11", what: "Rows that nobody can read" },
    promised: "set aside; everything else goes on",
    measures: [
      { file: "jobs/engine/poison.db.test.ts", title: "is given up, while others in its batch end well: %s" },
      {
        file: "jobs/engine/triggers.db.test.ts",
        title: "that cannot be routed is set aside and holds up none that came after it",
      },
    ],
    missing: "a run whose version is missing; a row that belongs to nothing",
  },
  {
    ...{ id: "F12", what: "A burst on workers with 256 MB of heap" },
    promised: "runs queue or are refused (429), no process ends",
    ...{ measures: [chaos("memory", "burst", "rssMost")], missing: "the size of P16: its runs are fewer, and heavier" },
  },
  {
    ...{ id: "F14", what: "A week in short: 200,000 runs, 1,000 published versions" },
    promised: "tables < 2 × their rows' size, none that grows without retention, p99 drifts < 10 %",
    ...{ measures: [], missing: "all of it" },
  },
];

const count = (number: number) => number.toLocaleString("en-US");
const named = (figures: readonly string[] = []) =>
  figures.length === 0 ? "" : `: ${figures.map((figure) => `\`${figure}\``).join(", ")}`;

function measureText(measure: Measure): string {
  if ("bench" in measure) return `\`npm run bench -- ${measure.bench}\`${named(measure.figures)}`;
  if ("file" in measure) return `\`${measure.file}\`: ${measure.title.replace(/: %s$/, "")}`;
  const { full, few, unit } = must(SCENARIOS[measure.chaos], `${measure.chaos} is a scenario`);
  const often = `(${count(full)} ${unit}, in CI ${count(few)})`;
  return `\`npm run chaos -- ${measure.chaos}\` ${often}${named(measure.figures)}`;
}

const table = (goals: readonly Goal[]) => [
  "| # | What | Promised | Measured by | Not measured yet |",
  "|---|---|---|---|---|",
  ...goals.map(({ id, what, promised, measures, missing = "–" }) =>
    ["", id, what, promised, measures.map(measureText).join("<br>") || "–", missing, ""].join(" | ").trim(),
  ),
];

/** The goals of runs, each with what measures it and what nothing measures. */
export function performanceTable(): string {
  return [
    "# Performance and failure goals of runs",
    "",
    "Generated from the names and counts of what measures them. Figures are not kept here: they are the machine's that a command",
    "runs on. The goals are for 2 cores, with the product, Postgres and the load together, and every commit on the disk.",
    "",
    "A benchmark prints what it measured beside a floor of the same run, and how many cores others used meanwhile: above 0.35",
    "it does not count, and its exit code is 1. It measures, and judges nothing: no build fails for a slow machine. Chaos judges,",
    "and fails when a rule was broken; durations that it only prints, such as `killP99` and `takeoverP99`, fail nothing.",
    "",
    "## How fast",
    "",
    ...table(SPEED),
    "",
    "The peers of `runs` are DBOS and graphile-worker as they come, on the same Postgres, each in a database and a process of its",
    "own: five `runStep` of a registered workflow; five jobs of which each queues the next. A graphile-worker run counts as",
    "ended when its fifth job is done, which is before the deletion of that job is on the disk.",
    "",
    "`timers` counts from the moment that a run waits for, by the database's clock, and tells apart what the executor planned from",
    "how late it was with it.",
    "",
    "## What is survived",
    "",
    ...table(FAILURES),
    "",
  ].join("\n");
}

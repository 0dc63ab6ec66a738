/** What a tenant may have at a time. */
export const QUOTAS = ["concurrent_runs", "queued_runs", "concurrent_steps"] as const;
export type Quota = (typeof QUOTAS)[number];

export interface Quotas {
  /** Runs at work: one that only waits (for a time, people, an event, a run it called) is not, until it goes on. */
  mostConcurrentRuns: number;
  /** Runs that have not begun; a start beyond them is refused. */
  mostQueuedRuns: number;
  /** Calls of its runs that workers have at a time, those that wait for an answer included. */
  mostConcurrentSteps: number;
}

/** What a tenant has that nobody gave others to. */
export const DEFAULT_QUOTAS: Quotas = { mostConcurrentRuns: 100, mostQueuedRuns: 100_000, mostConcurrentSteps: 20 };

/** The most that may be given: what a page and a claim can still count. */
export const HIGHEST_QUOTAS: Quotas = {
  mostConcurrentRuns: 5_000,
  mostQueuedRuns: 5_000_000,
  mostConcurrentSteps: 500,
};

/** How people read a quota. */
export const QUOTA_WORDS: Readonly<Record<Quota, string>> = {
  concurrent_runs: "Runs at a time",
  queued_runs: "Queued runs",
  concurrent_steps: "Steps at a time",
};

/** The limit that a quota's name stands for. */
export const limitOf = (quotas: Quotas, quota: Quota): number =>
  ({
    concurrent_runs: quotas.mostConcurrentRuns,
    queued_runs: quotas.mostQueuedRuns,
    concurrent_steps: quotas.mostConcurrentSteps,
  })[quota];

/** One request as the target saw it. */
export interface Hit {
  /** Milliseconds on the harness's own, steady clock, as all moments here. */
  at: number;
  /** The idempotency key that the request carried. */
  key: string;
  /** What it was sent for, from its own body: the order that the run carries out, and the step. */
  order: string;
  step: string;
  /** The worker that sent it; null for one that was gone before it could be asked for. */
  worker: string | null;
}

export const FAULTS = ["kill", "freeze", "postgres", "cut", "lost-answer", "poison", "restart", "full-disk"] as const;

/** Something that was done to the system. */
export interface Fault {
  kind: (typeof FAULTS)[number];
  /** What the worker was at when it was killed. */
  point?: string;
  /** Whom it hit; null: everybody. */
  worker: string | null;
  at: number;
  /** When it was over: the same as `at` for what happens at once. */
  until: number;
}

export interface FoundRun {
  id: string;
  status: string;
  output: string | null;
  /** Status of each step, by its id. */
  steps: Readonly<Record<string, string>>;
  /** Steps that the usage ledger counts, one entry per row. */
  metered: readonly string[];
  /** How often its end stands among the receipts, whatever the end. */
  endReceipts: number;
  endEvents: number;
}

/** A start that the product confirmed. */
export interface Accepted {
  order: string;
  runId: string;
  /** When a person's kill of it was confirmed; null when nobody killed it. */
  killedAt: number | null;
  /** True for a run whose target ends every process that calls it. */
  isPoison: boolean;
}

/** All that is known once the dust has settled: what was asked for, what was done to it, and what was found. */
export interface Evidence {
  accepted: readonly Accepted[];
  faults: readonly Fault[];
  hits: readonly Hit[];
  /** When the end of a step was first seen committed, by `runId:stepId`. */
  endsSeen: ReadonlyMap<string, number>;
  /** What was seen of each step, by `runId:stepId`, and when. */
  sightings: ReadonlyMap<string, readonly { at: number; words: string }[]>;
  /** When the machine stood still for more than a second. */
  stalls: readonly { at: number; until: number }[];
  /** Steps that were begun although their run had been stopped: the database's own order, not the harness's. */
  begunLate: readonly string[];
  /** By order; a list, as there may wrongly be several. */
  runs: ReadonlyMap<string, readonly FoundRun[]>;
  /** What the executor still holds: calls, timers and waits of runs, and runs of its own that have not ended. */
  leftovers: readonly string[];
  /** What the check of the tenant's receipt and decision chains objects to. */
  chainFaults: readonly string[];
}

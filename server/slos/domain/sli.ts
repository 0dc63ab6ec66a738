/** What is measured of the automation itself; its events are decided to be good or bad where they happen. */
export const SLIS = [
  "workflow-success",
  "workflow-latency",
  "policy-decision-latency",
  "incident-path-latency",
  "compliance-path-latency",
] as const;
export type Sli = (typeof SLIS)[number];

/** What counts neither as good nor as total, so that neither a customer's own decision nor a rehearsal spends a budget. */
export const EXCLUSIONS = ["user-cancel", "operator-kill", "policy-denial", "drill", "waiting"] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** How people read an exclusion, as terms of service say it. */
export const EXCLUSION_WORDS: Readonly<Record<Exclusion, string>> = {
  "user-cancel": "runs that their own users cancelled",
  "operator-kill": "runs that an operator killed",
  "policy-denial": "starts that the tenant's own policy denied",
  drill: "drills",
  waiting: "the time in which a run only waits for people, events or a moment",
};

interface SliDefinition {
  /** The whole set of events, in words. */
  total: string;
  /** Which of them are good, in words; `T` stands for the threshold. */
  good: string;
  /** Whether an event is slow against a threshold, and by what that depends. */
  threshold: "none" | "per-class" | "one";
  /** Whether what never ends has to turn bad by itself. */
  hasDeadline: boolean;
  excludes: readonly Exclusion[];
}

const CONTROL_EXCLUDES = ["drill"] as const;
const RUN_EXCLUDES = ["user-cancel", "operator-kill", "policy-denial", "drill"] as const;

/** What each SLI counts. One that changes what is good or total starts a new generation of its SLOs. */
export const SLI_DEFINITIONS: Readonly<Record<Sli, SliDefinition>> = {
  "workflow-success": {
    total: "runs that ended, and those past their deadline",
    good: "those that succeeded",
    threshold: "none",
    hasDeadline: true,
    excludes: RUN_EXCLUDES,
  },
  "workflow-latency": {
    total: "runs that ended, and those past their deadline",
    good: "those that succeeded within T of their start",
    threshold: "per-class",
    hasDeadline: true,
    excludes: [...RUN_EXCLUDES, "waiting"],
  },
  "policy-decision-latency": {
    total: "decisions that were asked for",
    good: "those that were made within T, whether they allowed or denied",
    threshold: "one",
    hasDeadline: false,
    excludes: CONTROL_EXCLUDES,
  },
  "incident-path-latency": {
    total: "kills of a tenant or a workflow that were asked for",
    good: "those that had ended every run within T",
    threshold: "one",
    hasDeadline: true,
    excludes: CONTROL_EXCLUDES,
  },
  "compliance-path-latency": {
    total: "pieces of evidence that were asked for",
    good: "those sealed within T",
    threshold: "one",
    hasDeadline: true,
    excludes: CONTROL_EXCLUDES,
  },
};

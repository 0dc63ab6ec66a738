import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import type { Sli } from "./sli";

/** The time that an objective is held over: the last so many days, or a month of somebody's calendar. */
export type SloWindow = { kind: "rolling"; days: number } | { kind: "calendar"; unit: "month"; timeZone: string };

/** What keeps an alert quiet where so few events came that chance alone would fire it. */
export interface Guard {
  /** Confidence, in millionths, with which the error ratio lies above what the alert allows (Clopper and Pearson, one-sided). */
  confidencePpm: number;
  /** Bad events of the long window, at least. */
  minBad: number;
}

/** Fires while both windows burn the budget so fast that the long one alone would spend this share of it. */
export interface AlertRule {
  id: string;
  severity: "page" | "ticket";
  /** Per cent of the period's budget, two decimals at most. */
  budgetPercent: number;
  longMinutes: number;
  shortMinutes: number;
  guard: Guard;
}

/** How the budget is counted: by events, or by slices of time that were good. */
export type Method =
  | { kind: "occurrences" }
  | { kind: "timeslices"; sliceMinutes: number; /** Good events of a good slice, millionths. */ goodPpm: number };

/** An objective. */
export interface SloSpec {
  id: Sli;
  title: string;
  sli: Sli;
  /** Millionths of events (or slices) that are to be good. */
  targetPpm: number;
  window: SloWindow;
  method: Method;
  /** Milliseconds within which it is good, for all or by class; null where time does not count. */
  thresholdMs: Partial<Record<ExecutionClass, number>> | number | null;
  /** Minutes after which a run that has not ended counts as bad; null where none does. */
  deadlineMinutes: number | null;
  alerts: readonly AlertRule[];
}

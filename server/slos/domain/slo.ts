import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import type { Sli } from "./sli";

/** The editions that a deployment is sold in, each with SLOs of its own. */
export const EDITIONS = ["internal", "white-label", "saas"] as const;
export type Edition = (typeof EDITIONS)[number];

/** The time over which an objective is judged: the last days, or a month of the calendar in a time zone (IANA). */
export type SloWindow = { kind: "rolling"; days: number } | { kind: "calendar"; unit: "month"; timeZone: string };

/** What has to be shown by an alert before few events are believed. */
export interface Guard {
  /** One-sided, in millionths: 999,000 is 99.9 %. */
  confidencePpm: number;
  /** Bad events in the long window, at least. */
  minBad: number;
}

/** When an alert fires: both windows burn faster than what would spend the share within the long one. */
export interface AlertRule {
  id: string;
  severity: "page" | "ticket";
  /** Percent of the period's budget, with two decimals at most. */
  budgetPercent: number;
  longMinutes: number;
  shortMinutes: number;
  guard: Guard;
}

/** What is noticed although it is too slow for any window: so many bad events over some days. */
export interface Backstop {
  minBad: number;
  /** Percent of the period's budget in events, with two decimals at most. */
  budgetPercent: number;
  windowMinutes: number;
}

/** Whether events spend the budget one by one, or by the minutes in which too few of them were good. */
export type BudgetingMethod = { kind: "occurrences" } | { kind: "timeslices"; sliceMinutes: number; goodPpm: number };

/** What is promised of one SLI. */
export interface SloSpec {
  id: Sli;
  title: string;
  sli: Sli;
  /** In millionths: 999,000 is 99.9 %. */
  targetPpm: number;
  window: SloWindow;
  method: BudgetingMethod;
  /** In milliseconds: by class of execution, one for all events, or none. */
  thresholdMs: Partial<Record<ExecutionClass, number>> | number | null;
  /** Minutes after which what has not ended is bad; null where nothing can hang. */
  deadlineMinutes: number | null;
  alerts: readonly AlertRule[];
  backstop: Backstop;
}

/** Millionths in a whole. */
export const PPM = 1_000_000;
/** Minutes in a day of 24 hours. */
export const DAY_MINUTES = 1_440;
/** The longest month of any calendar with a clock that is set back by an hour. */
const LONGEST_MONTH_MINUTES = 31 * DAY_MINUTES + 60;

/** Minutes of the longest period that a window can have: an alert that can never fire there may never fire. */
export const longestPeriod = (window: SloWindow): number =>
  window.kind === "rolling" ? window.days * DAY_MINUTES : LONGEST_MONTH_MINUTES;

import type { Counts } from "./counts";

/** By what an alert came on: the windows as they stood, and what was allowed. */
export interface AlertFigures {
  long: Counts & { minutes: number };
  short: Counts & { minutes: number };
  /** Burn rates of both; null without events. */
  longBurn: number | null;
  shortBurn: number | null;
  /** The burn rate above which it fires. */
  factor: number;
  targetPpm: number;
}

/** The name of the window that is the whole period; all others are called by their minutes. */
export const PERIOD = "period";

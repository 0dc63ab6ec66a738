import type { SloSpec } from "./domain/slo";
import { PERIOD } from "./domain/alert";

/** A window whose sum is kept for an objective. */
export interface KeptWindow {
  name: string;
  /** Its length; null for a calendar month. */
  minutes: number | null;
  timeZone: string | null;
  sliceGoodPpm: number | null;
}

/** The windows that an objective is judged by: those of its alerts and its backstop, and its period. */
export function windowsOf({ alerts, backstop, window, method }: SloSpec): KeptWindow[] {
  const sliceGoodPpm = method.kind === "timeslices" ? method.goodPpm : null;
  const lengths = new Set([...alerts.flatMap((rule) => [rule.longMinutes, rule.shortMinutes]), backstop.windowMinutes]);
  const period =
    window.kind === "rolling"
      ? { minutes: window.days * 24 * 60, timeZone: null }
      : { minutes: null, timeZone: window.timeZone };
  return [
    ...[...lengths].map((minutes) => ({ name: String(minutes), minutes, timeZone: null, sliceGoodPpm })),
    { name: PERIOD, ...period, sliceGoodPpm },
  ];
}

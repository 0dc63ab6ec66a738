import type { ControlStatus } from "@/server/compliance/domain/status";
import type { ControlOccurrences } from "@/server/compliance/domain/turns";
import type { Gap } from "./manifest";

/** Coverage of every control as rows, in the order of ids; the first row names the columns. */
export function coverageRows(statuses: readonly ControlStatus[]): string[][] {
  const head = [
    "Control",
    "Title",
    "Stance",
    "State",
    "SOC 2",
    "ISO 27001:2022",
    "Owner",
    "Observed",
    "Next due",
    "Why",
  ];
  const rows = [...statuses]
    .sort((a, b) => (a.control.id < b.control.id ? -1 : 1))
    .map(({ control, state, why, observedAt, nextDueAt }) => [
      ...[control.id, control.title, control.stance, state, control.soc2.join(" "), control.iso27001.join(" ")],
      ...[control.owner, observedAt?.toISOString() ?? "never", nextDueAt?.toISOString() ?? ""],
      why.map(({ text }) => text).join("; "),
    ]);
  return [head, ...rows];
}

/** How often each control was shown, as rows; the first row names the columns. */
export function occurrenceRows(occurrences: readonly ControlOccurrences[]): string[][] {
  const rows = occurrences.map(({ control, expected, observed, failed, stretches }) => [
    ...[control, String(expected), String(observed), String(failed)],
    stretches
      .filter(({ state }) => state !== "held")
      .map(({ state, from, to }) => `${state} ${from.toISOString()} to ${to.toISOString()}`)
      .join("; "),
  ]);
  return [["Control", "Expected", "Shown", "Shown not to hold", "Turns that were missed or did not hold"], ...rows];
}

/** Controls that were not shown in each turn of their cadence. */
export const occurrenceGaps = (occurrences: readonly ControlOccurrences[]): Gap[] =>
  occurrences
    .filter(({ expected, observed }) => observed < expected)
    .map(({ control, expected, observed }) => ({
      what: control,
      why: `shown in ${observed} of ${expected} ${expected === 1 ? "turn" : "turns"} of its cadence`,
    }));

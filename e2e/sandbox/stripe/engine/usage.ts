/** What is reported of a meter: a value in units of 10^-12, and when it was used, in seconds since 1970. */
export interface Report {
  value: bigint;
  timestamp: number;
}

const ONE = 10n ** 12n;

/** What reports come to, in units of 10^-12, by a meter's formula. Documented: their sum, their number, or the last of them. */
export function aggregated(formula: string, reports: readonly Report[]): bigint {
  if (formula === "count") return BigInt(reports.length) * ONE;
  if (formula === "sum") return reports.reduce((sum, { value }) => sum + value, 0n);
  if (formula !== "last") throw new RangeError(`unknown formula: ${formula}`);
  // Of two at the same moment the later report counts.
  return (
    reports.reduce<Report | null>(
      (last, each) => (last === null || each.timestamp >= last.timestamp ? each : last),
      null,
    )?.value ?? 0n
  );
}

/** Whole units that are billed. Assumed: parts of a unit are rounded to the nearest, and less than nothing is nothing. */
export function billedUnits(amount: bigint): number {
  return amount <= 0n ? 0 : Number((amount + ONE / 2n) / ONE);
}

/** An amount as a plain number, for summaries. */
export function plainAmount(amount: bigint): number {
  return Number(amount) / Number(ONE);
}

/** Documented: from 35 days before to 5 minutes after the present. */
export function lateness(timestamp: number, now: number): "in-time" | "too-early" | "too-late" {
  if (timestamp < now - 35 * 86_400) return "too-late";
  return timestamp > now + 5 * 60 ? "too-early" : "in-time";
}

// One locale on both sides, so that server and browser draw the same.
const whole = new Intl.NumberFormat("en-GB");
const hundredths = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

/** A count, with separators. */
export const countText = (count: number): string => whole.format(count);

/** Thousandths of a reference task as tasks. */
export const tasksText = (weightMilli: number): string => hundredths.format(weightMilli / 1_000);

const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** Bytes in the unit in which they are at least one; a kilobyte is 1,000 bytes. */
export function bytesText(bytes: number): string {
  const place = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${hundredths.format(bytes / 1_000 ** place)} ${UNITS[place] ?? "B"}`;
}

/** How far back a summary looks, and what one bar of it stands for. */
export const WINDOWS = {
  day: { hours: 24, bucket: "hour" },
  week: { hours: 7 * 24, bucket: "day" },
  month: { hours: 30 * 24, bucket: "day" },
} as const;
export type WindowName = keyof typeof WINDOWS;
export const WINDOW_NAMES = Object.keys(WINDOWS) as [WindowName, ...WindowName[]];

const HOUR_MS = 3_600_000;
const BUCKET_MS = { hour: HOUR_MS, day: 24 * HOUR_MS } as const;

export interface Bucket {
  /** When it begins, in UTC. */
  at: string;
  allowed: number;
  denied: number;
}

/** The beginnings of all buckets of a window that ends now, oldest first; hours and days are those of UTC. */
export function bucketStarts(name: WindowName, now: Date): Date[] {
  const { hours, bucket } = WINDOWS[name];
  const size = BUCKET_MS[bucket];
  const last = Math.floor(now.getTime() / size) * size;
  const count = (hours * HOUR_MS) / size;
  return Array.from({ length: count }, (_, index) => new Date(last - (count - 1 - index) * size));
}

/** Every bucket of a window with what was counted in it: those in which nothing was decided have noughts. */
export function fillBuckets(
  starts: readonly Date[],
  counted: readonly { at: Date; allow: boolean; count: number }[],
): Bucket[] {
  const of = (at: Date, allow: boolean) =>
    counted.find((row) => row.at.getTime() === at.getTime() && row.allow === allow)?.count ?? 0;
  return starts.map((at) => ({ at: at.toISOString(), allowed: of(at, true), denied: of(at, false) }));
}

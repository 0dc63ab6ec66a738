/** What a function gathers its events for: the last of a burst, or many at once. */
export type Gathering =
  | { control: "debounce"; key: string | null; periodMs: number; timeoutMs: number | null }
  | { control: "batch"; key: string | null; condition: string | null; maxSize: number; timeoutMs: number };

/** A collection as the database holds it; moments in milliseconds. */
export interface OpenCollection {
  openedAt: number;
  dueAt: number;
  size: number;
  bytes: number;
}

/** Some of what came in, one after another, and what was open before if `takesOpen`. */
export interface Parcel {
  takesOpen: boolean;
  /** Of the arrivals those from `from` up to, and without, `to`. */
  from: number;
  to: number;
  size: number;
  bytes: number;
  openedAt: number;
  dueAt: number;
  /** True when it starts its run now; otherwise it waits until `dueAt`. */
  isDone: boolean;
}

/** A batch starts before it would weigh more, as Inngest's does. */
export const MOST_BATCH_BYTES = 10 * 1024 * 1024;

function dueAt(gathering: Gathering, openedAt: number, now: number): number {
  if (gathering.control === "batch") return openedAt + gathering.timeoutMs;
  const { periodMs, timeoutMs } = gathering;
  return Math.min(now + periodMs, timeoutMs === null ? Infinity : openedAt + timeoutMs);
}

/**
 * Divides what came in under one key, given by its sizes in bytes, into parcels. A debounce keeps the last arrival and
 * waits again, at most its timeout; a batch starts when it is full, heavy or due. Only the last parcel may wait.
 */
export function collect(
  gathering: Gathering,
  open: OpenCollection | null,
  arrivals: readonly number[],
  now: number,
): Parcel[] {
  const parcels: Parcel[] = [];
  let current: Parcel | null = open === null ? null : { ...open, takesOpen: true, from: 0, to: 0, isDone: false };
  const close = () => {
    if (current !== null) parcels.push({ ...current, isDone: true });
    current = null;
  };
  if (open !== null && open.dueAt <= now) close();
  for (const [place, bytes] of arrivals.entries()) {
    if (gathering.control === "batch" && current !== null && current.bytes + bytes > MOST_BATCH_BYTES) close();
    current ??= {
      ...{ takesOpen: false, from: place, to: place, size: 0, bytes: 0, isDone: false },
      ...{ openedAt: now, dueAt: dueAt(gathering, now, now) },
    };
    if (gathering.control === "debounce") {
      current = { ...current, from: place, to: place + 1, size: 1, bytes };
      current.dueAt = dueAt(gathering, current.openedAt, now);
    } else {
      current = { ...current, to: place + 1, size: current.size + 1, bytes: current.bytes + bytes };
      if (current.size >= gathering.maxSize || current.bytes >= MOST_BATCH_BYTES) close();
    }
  }
  return current === null ? parcels : [...parcels, current];
}

import { after, fitsAt, type Rate } from "./rate";

/** A due call, and the slots it would take. */
export interface Candidate {
  runId: string;
  dedupe: string;
  /** True when a worker held it and let its lease run out. */
  crashed: boolean;
  slots: readonly { key: string; limit: number }[];
  /** The window that the first call of a throttled run uses up. */
  throttle?: { window: string; rate: Rate } | undefined;
}

/** What is used of throttles: when each one's whole rate is there again, in milliseconds. */
export interface Throttles {
  wholeAt: ReadonlyMap<string, number>;
  now: number;
}

const NONE: Throttles = { wholeAt: new Map(), now: 0 };

export interface Choice<Call extends Candidate> {
  chosen: Call[];
  /** Keys without a slot left. */
  saturated: string[];
  /** Starts that come too soon, and when they may come again (milliseconds). */
  delayed: { candidate: Call; untilMs: number }[];
  /** Slots taken per key, the chosen calls included. */
  taken: Map<string, number>;
  /** Throttles' windows with the chosen starts. */
  wholeAt: Map<string, number>;
  /** The same with the delayed ones: until then the line is full. */
  lineAt: Map<string, number>;
}

/**
 * Takes candidates in their order, up to `free` of them, leaving out each whose every slot is not to be had. A start
 * that its throttle does not let through yet is given the next moment at which it will, each one its own.
 */
export function chooseCalls<Call extends Candidate>(
  candidates: readonly Call[],
  takenBefore: ReadonlyMap<string, number>,
  free: number,
  { wholeAt: wholeBefore, now }: Throttles = NONE,
): Choice<Call> {
  const taken = new Map(takenBefore);
  const wholeAt = new Map(wholeBefore);
  const lineAt = new Map<string, number>();
  const saturated = new Set<string>();
  const chosen: Call[] = [];
  const delayed: Choice<Call>["delayed"] = [];
  for (const candidate of candidates) {
    if (chosen.length >= free) break;
    const { throttle } = candidate;
    if (throttle !== undefined) {
      const { window, rate } = throttle;
      const line = lineAt.get(window) ?? wholeAt.get(window);
      const untilMs = fitsAt(line, now, rate);
      if (untilMs > now) {
        delayed.push({ candidate, untilMs });
        lineAt.set(window, after(line, untilMs, rate));
        continue;
      }
    }
    const full = candidate.slots.filter(({ key, limit }) => (taken.get(key) ?? 0) >= limit);
    for (const { key } of full) saturated.add(key);
    if (full.length > 0) continue;
    for (const { key } of candidate.slots) taken.set(key, (taken.get(key) ?? 0) + 1);
    if (throttle !== undefined) wholeAt.set(throttle.window, after(wholeAt.get(throttle.window), now, throttle.rate));
    chosen.push(candidate);
  }
  return { chosen, saturated: [...saturated], delayed, taken, wholeAt, lineAt };
}

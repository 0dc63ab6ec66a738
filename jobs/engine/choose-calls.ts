import { after, fitsAt, type Rate } from "./rate";

/** A due call, and the slots it would take. */
export interface Candidate {
  runId: string;
  dedupe: string;
  /** True when worker after worker died that held it: it may be the reason. */
  isSuspect: boolean;
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

/** What a worker has room for. */
export interface Places {
  free: number;
  /** Of these, for suspects. */
  suspects: number;
}

export interface Choice<Call extends Candidate> {
  chosen: Call[];
  /** Keys without a slot left. */
  saturated: string[];
  /** True when a suspect found no place. */
  hasHeldBack: boolean;
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
 * Takes candidates in their order, as many as have a place, leaving out each whose every slot is not to be had. A start
 * that its throttle does not let through yet is given the next moment at which it will, each one its own.
 */
export function chooseCalls<Call extends Candidate>(
  candidates: readonly Call[],
  takenBefore: ReadonlyMap<string, number>,
  { free, suspects }: Places,
  { wholeAt: wholeBefore, now }: Throttles = NONE,
): Choice<Call> {
  const taken = new Map(takenBefore);
  const wholeAt = new Map(wholeBefore);
  const lineAt = new Map<string, number>();
  const saturated = new Set<string>();
  let freeForSuspects = suspects;
  let hasHeldBack = false;
  const chosen: Call[] = [];
  const delayed: Choice<Call>["delayed"] = [];
  for (const candidate of candidates) {
    if (chosen.length >= free) break;
    if (candidate.isSuspect && freeForSuspects <= 0) {
      hasHeldBack = true;
      continue;
    }
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
    if (candidate.isSuspect) freeForSuspects -= 1;
    chosen.push(candidate);
  }
  return { chosen, saturated: [...saturated], hasHeldBack, delayed, taken, wholeAt, lineAt };
}

import type { Histogram } from "@/server/kernel/histogram";

/** In seconds. A decision takes some ten microseconds; what takes a thousand times as long has waited for the processor. */
const BOUNDS = [...[1e-6, 2.5e-6, 5e-6, 1e-5, 2e-5, 3e-5, 5e-5, 1e-4, 2.5e-4], ...[5e-4, 1e-3, 2.5e-3, 1e-2, 0.1]];

/** What a tenant is promised of a decision, in milliseconds. */
const PROMISED_MS = 100;

/** Decisions about what belongs to a tenant, and how many of them were made in the promised time. */
export interface DecisionCount {
  tenantId: string;
  good: number;
  total: number;
}

interface Counted {
  counts: number[];
  sum: number;
  /** By tenant, since they were last taken. */
  tenants: Map<string, { good: number; total: number }>;
}

// On globalThis, as Next's server loads this module once per bundle and each copy would count for itself.
const holder = globalThis as typeof globalThis & { conductorDecisionTimes?: Counted };
const counted: Counted = (holder.conductorDecisionTimes ??= {
  counts: [...BOUNDS, 0].map(() => 0),
  ...{ sum: 0, tenants: new Map() },
});

function countFor(tenantId: string, isGood: boolean): void {
  let own = counted.tenants.get(tenantId);
  if (own === undefined) counted.tenants.set(tenantId, (own = { good: 0, total: 0 }));
  own.total += 1;
  if (isGood) own.good += 1;
}

/** Decides for a tenant and counts how long it took, which costs less than 0.3 µs. A decision that fails is counted as a bad one. */
export function timed<T>(tenantId: string, work: () => T): T {
  const began = performance.now();
  let isGood = false;
  try {
    const done = work();
    const ms = performance.now() - began;
    let place = 0;
    while (place < BOUNDS.length && ms / 1_000 > (BOUNDS[place] as number)) place += 1;
    counted.counts[place] = (counted.counts[place] as number) + 1;
    counted.sum += ms / 1_000;
    isGood = ms <= PROMISED_MS;
    return done;
  } finally {
    countFor(tenantId, isGood);
  }
}

/** How long the decisions of this process have taken so far. */
export const decisionTimes = (): Histogram => ({ bounds: BOUNDS, counts: [...counted.counts], sum: counted.sum });

/** The decisions of this process since this was last asked, by tenant. Whoever takes them tells of them. */
export function takeDecisionCounts(): DecisionCount[] {
  const taken = [...counted.tenants].map(([tenantId, counts]) => ({ tenantId, ...counts }));
  counted.tenants.clear();
  return taken;
}

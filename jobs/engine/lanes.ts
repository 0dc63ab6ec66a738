import type { Json } from "@/server/kernel/json";

/** Whose calls are claimed together. The numbers stand in rows. */
export const LANES = { system: 0, own: 1, standard: 2, bulk: 3, low: 4 } as const;
export type Lane = (typeof LANES)[keyof typeof LANES];

export const ALL_LANES: readonly Lane[] = Object.values(LANES);

/**
 * How often a lane has its turn while others have calls too. `system` has no weight, as it goes before all: it is the
 * deployment's own work, which no tenant can add to. `own` is what the product does for a tenant besides its runs.
 */
export const WEIGHTS: Readonly<Record<Exclude<Lane, 0>, number>> = {
  [LANES.own]: 8,
  [LANES.standard]: 8,
  [LANES.bulk]: 2,
  [LANES.low]: 1,
};

/** Lanes of runs of workflows, to which a tenant's quotas apply. */
export const isRunLane = (lane: number): boolean => lane > LANES.own;

/** The most that a run may come before its turn, or after it, in seconds. */
export const MOST_PRIORITY_S = 600;

const CLASSES = new Map<unknown, Lane>([
  ["standard", LANES.standard],
  ["bulk", LANES.bulk],
  ["low", LANES.low],
]);

interface LaneFacts {
  tenantId: string;
  event: { readonly data: Json };
}

/**
 * The lane of a run: by the class that its event names. What goes before others as far as can be (a function of priority
 * 600) goes with the deployment's own work, as what a tenant's kill leaves to do must not wait behind its runs.
 */
export function laneOf({ tenantId, event }: LaneFacts, prioritySeconds: number): Lane {
  if (tenantId === "system" || prioritySeconds >= MOST_PRIORITY_S) return LANES.system;
  const { data } = event;
  const named = typeof data === "object" && data !== null && "executionClass" in data ? data.executionClass : undefined;
  return CLASSES.get(named) ?? LANES.own;
}

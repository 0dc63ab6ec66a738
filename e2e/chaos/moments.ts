/** Where a worker can be caught: at any moment, or right after something that can be seen from outside. */
export const POINTS = ["any", "claimed", "begun", "body", "answered", "committed"] as const;
export type Point = (typeof POINTS)[number];

/** Tells those who wait for it when a worker reaches a point. */
export interface Moments {
  tell(point: Point, worker: string): void;
  /** The worker that reaches it first; null when none does in time. */
  next(point: Point, withinMs: number): Promise<string | null>;
  /** Calls back within the very event that brings a worker there; once. */
  at(point: Point, act: (worker: string) => void): () => void;
}

export function createMoments(): Moments {
  const waiting = new Map<Point, Set<(worker: string) => void>>();
  const at: Moments["at"] = (point, act) => {
    const acts = waiting.get(point) ?? new Set();
    waiting.set(point, acts.add(act));
    return () => acts.delete(act);
  };
  return {
    at,
    tell: (point, worker) => {
      const acts = waiting.get(point);
      waiting.delete(point);
      acts?.forEach((act) => act(worker));
    },
    next: (point, withinMs) =>
      new Promise((resolve) => {
        const forget = at(point, (worker) => {
          clearTimeout(timer);
          resolve(worker);
        });
        const timer = setTimeout(() => {
          forget();
          resolve(null);
        }, withinMs);
      }),
  };
}

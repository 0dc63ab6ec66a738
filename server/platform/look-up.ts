import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { takingTurns } from "./taking-turns";

type Resolve = (host: string) => Promise<LookupAddress[]>;

/** Every address of a host. Rejects with the signal's reason as soon as that is aborted, whatever the system still does. */
export type LookUp = (host: string, asker: { tenantId: string; signal: AbortSignal }) => Promise<LookupAddress[]>;

interface Asked {
  tenantId: string;
  host: string;
  /** How many still wait for it. */
  waiting: number;
  found: PromiseWithResolvers<LookupAddress[]>;
}

/** Settles as the work does, or rejects once the signal is aborted. */
function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/**
 * Look-ups that cannot be stopped, so bounded: so many at a time, and of one tenant fewer than that; tenants take turns. Who
 * asks for what their tenant is looking up already shares it, and what nobody waits for any more is not begun.
 */
export function boundedLookUp(resolve: Resolve, { most, mostOfOne }: { most: number; mostOfOne: number }): LookUp {
  const asked = new Map<string, Asked>();
  const underWay = new Map<string, number>();
  let busy = 0;
  const keyOf = ({ tenantId, host }: Pick<Asked, "tenantId" | "host">) => `${tenantId} ${host}`;
  const line = takingTurns<Asked>({
    whoseOf: (each) => each,
    isOver: ({ waiting }) => waiting === 0,
    drop: (each) => void asked.delete(keyOf(each)),
  });

  const change = (tenantId: string, by: 1 | -1) => {
    busy += by;
    const now = (underWay.get(tenantId) ?? 0) + by;
    if (now === 0) underWay.delete(tenantId);
    else underWay.set(tenantId, now);
  };
  const begin = (): void => {
    while (busy < most) {
      const next = line.take((tenantId) => (underWay.get(tenantId) ?? 0) >= mostOfOne);
      if (next === undefined) return;
      change(next.tenantId, 1);
      const work = resolve(next.host).finally(() => {
        change(next.tenantId, -1);
        asked.delete(keyOf(next));
        begin();
      });
      next.found.resolve(work);
    }
  };

  return async (host, { tenantId, signal }) => {
    signal.throwIfAborted();
    const key = keyOf({ tenantId, host });
    const known = asked.get(key);
    const mine = known ?? { tenantId, host, waiting: 0, found: Promise.withResolvers<LookupAddress[]>() };
    mine.waiting += 1;
    if (known === undefined) {
      asked.set(key, mine);
      line.add(mine);
      begin();
    }
    try {
      return await until(signal, mine.found.promise);
    } finally {
      mine.waiting -= 1;
    }
  };
}

/**
 * By the system's own resolver, as no other knows /etc/hosts, search domains and the names of a container network alike.
 * It holds a thread for as long as it takes, and of the threads (`jobs/cli/conductor.mjs`: 16) half at most do such work.
 */
export const lookUp = boundedLookUp((host) => lookup(host, { all: true }), { most: 8, mostOfOne: 2 });

/** Whose something is: tenants take turns, and so do the runs of one tenant (what is of no run: together). */
export interface Whose {
  tenantId: string;
  runId?: string | undefined;
}

export interface TakingTurns<Item> {
  add(item: Item): void;
  /** The next one, of a tenant that is not busy; undefined when there is none. */
  take(isBusy: (tenantId: string) => boolean): Item | undefined;
}

export interface Turns<Item> {
  whoseOf: (item: Item) => Whose;
  /** Asked once its turn has come: what is over is dropped, and costs nobody a turn. */
  isOver: (item: Item) => boolean;
  drop: (item: Item) => void;
}

/** What waits, of each tenant and each of its runs in the order it came. However much one has waiting, all come as often. */
export function takingTurns<Item>({ whoseOf, isOver, drop }: Turns<Item>): TakingTurns<Item> {
  // A map keeps the order of entry: whoever had a turn goes to its end.
  const tenants = new Map<string, Map<string, Item[]>>();

  /** The next that is not over, of one tenant. */
  const takeOf = (runs: Map<string, Item[]>): Item | undefined => {
    // What is entered again on the way is met again, so that this goes on until one is found or none is left.
    for (const [runId, items] of runs) {
      runs.delete(runId);
      const item = items.shift();
      if (items.length > 0) runs.set(runId, items);
      if (item === undefined) continue;
      if (!isOver(item)) return item;
      drop(item);
    }
    return undefined;
  };

  return {
    add(item) {
      const { tenantId, runId = "" } = whoseOf(item);
      const runs = tenants.get(tenantId) ?? new Map<string, Item[]>();
      tenants.set(tenantId, runs);
      const items = runs.get(runId);
      if (items === undefined) runs.set(runId, [item]);
      else items.push(item);
    },
    take(isBusy) {
      for (const [tenantId, runs] of tenants) {
        if (isBusy(tenantId)) continue;
        tenants.delete(tenantId);
        const item = takeOf(runs);
        if (runs.size > 0) tenants.set(tenantId, runs);
        if (item !== undefined) return item;
      }
      return undefined;
    },
  };
}

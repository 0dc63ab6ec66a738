/** Hands over one thing and resolves with what became of it. */
export type Batched<Item, Result> = (item: Item) => Promise<Result>;

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

export interface Batching<Item, Result> {
  /** Things that are done together, at most. */
  most: number;
  /** Only things of one key are done together. */
  keyOf: (item: Item) => string;
  /** Gives one result per item, in their order. */
  work: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Does one by itself, where the work on several failed. */
  alone: (item: Item) => Promise<Result>;
}

/**
 * Does together what comes in while it is at work, so that many who commit at once share a commit, and one alone waits
 * for nobody. Should `work` fail, each item is done by `alone`.
 */
export function inBatches<Item, Result>({ most, keyOf, work, alone }: Batching<Item, Result>): Batched<Item, Result> {
  /** What waits, of the keys that are at work. */
  const queues = new Map<string, Waiting<Item, Result>[]>();

  const finish = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await work(batch.map(({ item }) => item));
      // One result per item, as `work` promises.
      for (const [place, { resolve }] of batch.entries()) resolve(results[place] as Result);
    } catch {
      // One of them may be at fault, or all of them suffer the same: each finds out for itself.
      await Promise.all(batch.map(({ item, resolve, reject }) => alone(item).then(resolve, reject)));
    }
  };
  const drain = async (key: string, queue: Waiting<Item, Result>[]): Promise<void> => {
    while (queue.length > 0) await finish(queue.splice(0, most));
    queues.delete(key);
  };

  return (item) =>
    new Promise((resolve, reject) => {
      const key = keyOf(item);
      const queue = queues.get(key);
      if (queue !== undefined) {
        queue.push({ item, resolve, reject });
        return;
      }
      const fresh = [{ item, resolve, reject }];
      queues.set(key, fresh);
      // Those of this same turn of the event loop go along.
      setImmediate(() => void drain(key, fresh));
    });
}

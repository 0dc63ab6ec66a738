/** Hands over one thing and resolves with what became of it. */
export type Batched<Item, Result> = (item: Item) => Promise<Result>;

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Does together what comes in while it is at work, so that many who commit at once share a commit, and one alone waits
 * for nobody. `work` gives one result per item, in their order; should it fail, each item is done by `alone`.
 */
export function inBatches<Item, Result>(
  most: number,
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  alone: (item: Item) => Promise<Result>,
): Batched<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let isAtWork = false;

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
  const drain = async (): Promise<void> => {
    if (isAtWork) return;
    isAtWork = true;
    while (waiting.length > 0) await finish(waiting.splice(0, most));
    isAtWork = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // Those of this same turn of the event loop go along.
      setImmediate(() => void drain());
    });
}

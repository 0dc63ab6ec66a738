import { describe, expect, it } from "vitest";
import { inBatches } from "./in-batches";

/** Work that ends when it is told to, and what it was given each time. */
function recorded() {
  const batches: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  const work = (items: readonly number[]) => {
    batches.push(items);
    return new Promise<number[]>((resolve) => ends.push(() => resolve(items.map((item) => item * 10))));
  };
  return { batches, ends, work };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("inBatches", () => {
  it("does together what comes while it is at work, and gives each its own result", async () => {
    const { batches, ends, work } = recorded();
    const alone = () => Promise.reject(new Error("unused"));
    const add = inBatches({ most: 3, keyOf: () => "", work, alone });
    const first = add(1);
    await turn();
    const rest = [2, 3, 4, 5].map(add);
    await turn();
    expect(batches).toEqual([[1]]);
    ends.shift()?.();
    expect(await first).toBe(10);
    await turn();
    ends.shift()?.();
    await turn();
    ends.shift()?.();
    expect(await Promise.all(rest)).toEqual([20, 30, 40, 50]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it("lets one that fails harm no other", async () => {
    const alone = (item: number) => (item === 2 ? Promise.reject(new Error("two")) : Promise.resolve(item));
    const work = () => Promise.reject(new Error("all"));
    const add = inBatches({ most: 10, keyOf: () => "", work, alone });
    const outcomes = await Promise.allSettled([1, 2, 3].map(add));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("does together only what is of one key, and lets no key wait for another", async () => {
    const { batches, ends, work } = recorded();
    const alone = () => Promise.reject(new Error("unused"));
    const add = inBatches({ most: 10, keyOf: (item: number) => (item < 10 ? "low" : "high"), work, alone });
    const all = [1, 11, 2, 12].map(add);
    await turn();
    await turn();
    expect(batches).toEqual([
      [1, 2],
      [11, 12],
    ]);
    for (const end of ends) end();
    expect(await Promise.all(all)).toEqual([10, 110, 20, 120]);
  });
});

/** Numbers in [0, 1) that a seed decides, so that a run can be made again (Mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of several; throws when there is none. */
export function oneOf<T>(chance: () => number, all: readonly T[]): T {
  const chosen = all[Math.floor(chance() * all.length)];
  if (chosen === undefined) throw new Error("there is nothing to choose from");
  return chosen;
}

/** The same things in another order. */
export function shuffled<T>(chance: () => number, all: readonly T[]): T[] {
  return all
    .map((value) => ({ value, rank: chance() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
}

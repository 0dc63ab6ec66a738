/** A due call, and the slots it would take. */
export interface Candidate {
  runId: string;
  dedupe: string;
  /** True when a worker held it and let its lease run out. */
  crashed: boolean;
  slots: readonly { key: string; limit: number }[];
}

export interface Choice {
  chosen: Candidate[];
  /** Keys without a slot left. */
  saturated: string[];
  /** Slots taken per key, the chosen calls included. */
  taken: Map<string, number>;
}

/** Takes candidates in their order, up to `free` of them, leaving out each whose every slot is not to be had. */
export function chooseCalls(
  candidates: readonly Candidate[],
  takenBefore: ReadonlyMap<string, number>,
  free: number,
): Choice {
  const taken = new Map(takenBefore);
  const saturated = new Set<string>();
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    if (chosen.length >= free) break;
    const full = candidate.slots.filter(({ key, limit }) => (taken.get(key) ?? 0) >= limit);
    for (const { key } of full) saturated.add(key);
    if (full.length > 0) continue;
    for (const { key } of candidate.slots) taken.set(key, (taken.get(key) ?? 0) + 1);
    chosen.push(candidate);
  }
  return { chosen, saturated: [...saturated], taken };
}

/** A start that asks to be the only run of its slot; null asks for nothing. */
export interface Contender {
  slot: string | null;
  mode: "skip" | "cancel";
}

export interface SingletonChoice {
  /** True for each contender that starts, in their order. */
  starts: boolean[];
  /** Slots whose run has to give way. */
  cancels: string[];
}

/** With `skip` the run that is open, or else the first to come, has the slot; with `cancel` the last to come. */
export function chooseSingletons(contenders: readonly Contender[], taken: ReadonlySet<string>): SingletonChoice {
  const cancels = new Set<string>();
  const seen = new Set<string>();
  const last = new Map<string, number>();
  for (const [place, { slot }] of contenders.entries()) if (slot !== null) last.set(slot, place);
  const starts = contenders.map(({ slot, mode }, place) => {
    if (slot === null) return true;
    if (mode === "cancel") {
      if (taken.has(slot)) cancels.add(slot);
      return last.get(slot) === place;
    }
    if (taken.has(slot) || seen.has(slot)) return false;
    seen.add(slot);
    return true;
  });
  return { starts, cancels: [...cancels] };
}

/** A trigger or a call as a way from one workflow to another: a run of the one starts a run of the other. */
export interface Way {
  from: string;
  to: string;
}

/** Runs that triggers may start one after the other, each from the one before. */
export const DEPTH_MAX = 5;

/** True when a way more would let a workflow start itself, over however many others. */
export function wouldLoop(ways: readonly Way[], added: Way): boolean {
  const onward = Map.groupBy(ways, ({ from }) => from);
  const seen = new Set<string>();
  const open = [added.to];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === added.from) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(onward.get(at) ?? []).map(({ to }) => to));
  }
  return false;
}

import type { Control } from "./control";
import type { CollectedItem, ControlFact } from "./found";
import { verdictOn } from "./verdict";

/** What became of a turn in which a control was to be shown: it held, it was shown not to hold, or it was not shown. */
export const TURN_STATES = ["held", "failed", "missed"] as const;
export type TurnState = (typeof TURN_STATES)[number];

export interface Period {
  from: Date;
  /** What happens at this moment is not in it. */
  to: Date;
}

/** Turns in a row of which the same became. */
export interface Stretch {
  state: TurnState;
  from: Date;
  to: Date;
  turns: number;
}

/** How often a control was to be shown in a period, in how many of its turns it was, and what became of each turn. */
export interface ControlOccurrences {
  control: string;
  expected: number;
  observed: number;
  /** Turns in which it was shown not to hold. */
  failed: number;
  stretches: Stretch[];
}

const DAY_MS = 86_400_000;

type Seen = Pick<ControlFact, "probe" | "outcome" | "observedAt">;
type Collected = Pick<CollectedItem, "kind" | "collectedAt" | "facts">;

interface Shown {
  at: Date;
  isBad: boolean;
}

/** Each part of a control with when it was shown. What could not tell has shown nothing. */
function partsOf(
  { probes, evidenceKinds }: Pick<Control, "probes" | "evidenceKinds">,
  { facts, items }: { facts: readonly Seen[]; items: readonly Collected[] },
): Shown[][] {
  return [
    ...probes.map((probe) =>
      facts
        .filter((fact) => fact.probe === probe && fact.outcome !== "unknown")
        .map(({ observedAt, outcome }) => ({ at: observedAt, isBad: outcome === "fail" })),
    ),
    ...evidenceKinds.map((kind) =>
      items
        .filter((item) => item.kind === kind)
        .map((item) => ({ at: item.collectedAt, says: verdictOn(kind, item.facts).says }))
        .filter(({ says }) => says !== "unknown")
        .map(({ at, says }) => ({ at, isBad: says === "bad" })),
    ),
  ];
}

/**
 * The turns of a control in a period, oldest first: a whole cadence is a turn, and a period shorter than one has one. A turn
 * is missed unless every part of the control was shown in it, and failed where any was shown not to hold.
 */
export function turnsIn(
  control: Pick<Control, "cadenceDays" | "probes" | "evidenceKinds">,
  found: { facts: readonly Seen[]; items: readonly Collected[] },
  { from, to }: Period,
): TurnState[] {
  const length = control.cadenceDays * DAY_MS;
  const expected = Math.max(1, Math.floor((to.getTime() - from.getTime()) / length));
  const parts = partsOf(control, found).map((shown) => {
    const turns = new Map<number, boolean>();
    for (const { at, isBad } of shown) {
      if (at < from || at >= to) continue;
      const turn = Math.floor((at.getTime() - from.getTime()) / length);
      turns.set(turn, isBad || turns.get(turn) === true);
    }
    return turns;
  });
  return Array.from({ length: expected }, (_, turn) => {
    if (parts.some((turns) => turns.get(turn) === true)) return "failed";
    return parts.every((turns) => turns.has(turn)) ? "held" : "missed";
  });
}

/** Turns as stretches, oldest first: as few parts as there are changes, however many turns. */
export function stretchesOf(turns: readonly TurnState[], cadenceDays: number, { from, to }: Period): Stretch[] {
  const startOf = (turn: number) => new Date(from.getTime() + turn * cadenceDays * DAY_MS);
  const stretches: Stretch[] = [];
  for (const [turn, state] of turns.entries()) {
    const last = stretches.at(-1);
    const end = new Date(Math.min(startOf(turn + 1).getTime(), to.getTime()));
    if (last?.state === state) [last.turns, last.to] = [last.turns + 1, end];
    else stretches.push({ state, from: startOf(turn), to: end, turns: 1 });
  }
  return stretches;
}

/**
 * How what the seller has and what is here can differ: an event never came, something is only there, something is only here,
 * both have it and it is not the same, an event cannot be worked on, or use was counted otherwise.
 */
export const DIFFERENCE_KINDS = [
  ...(["missed-event", "stripe-only", "db-only", "differs", "dead-event", "usage"] as const),
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One thing that differed. */
export interface Difference {
  kind: DifferenceKind;
  /** What it is about, as the seller names it. */
  object: string;
  /** Whose it is, where that is known. */
  tenantId: string | null;
  detail: string;
  /** False where a person is to see to it. */
  isRepaired: boolean;
}

/** How many there are of each kind, added to those before. */
export function countedWith(
  before: Partial<Record<DifferenceKind, number>>,
  found: readonly Pick<Difference, "kind">[],
): Partial<Record<DifferenceKind, number>> {
  const counts = { ...before };
  for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

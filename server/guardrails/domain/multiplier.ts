/** What a look at burn rates says to a guardrail. */
export const SIGNALS = ["fast", "slow", "warn", "ok"] as const;
export type Signal = (typeof SIGNALS)[number];

/** What a signal makes of the admitted share: cuts multiply, recovery adds. */
const CUTS: Readonly<Record<Exclude<Signal, "ok">, number>> = { fast: 0.5, slow: 0.75, warn: 0.9 };
const STEP_UP = 0.05;

/** The admitted share after a signal, between the floor and 1; exact to 1e-12, as steps of 0.05 would drift. */
export function afterSignal(multiplier: number, signal: Signal, floor: number): number {
  const next = signal === "ok" ? multiplier + STEP_UP : multiplier * CUTS[signal];
  return Math.round(Math.min(1, Math.max(floor, next)) * 1e12) / 1e12;
}

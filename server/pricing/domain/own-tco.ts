import { z } from "zod";
import { halfUp } from "./money";
import type { Usage } from "./usage";

function whole(highest: number, lowest = 0) {
  const error = `must be a whole number from ${lowest} to ${highest}`;
  return z.int({ error, abort: true }).min(lowest, { error, abort: true }).max(highest, { error });
}

/** What a buyer assumes about its own people: nothing of it is known to us. */
export const ownAssumptionsSchema = z.strictObject({
  centsPerHour: whole(100_000).default(6_000),
  /** Looking after members, keys and workflows, a month. */
  adminMinutesPerSeat: whole(10_000).default(20),
  implementationCents: whole(100_000_000).default(400_000),
  amortMonths: whole(120, 1).default(12),
  /** Somebody's time for one run, where nothing is automated. */
  handMinutesPerRun: whole(10_000).default(4),
});
export type OwnAssumptions = z.output<typeof ownAssumptionsSchema>;

/** What a month costs the buyer in all, and what the same work costs by hand. Cents. */
export interface OwnTco {
  net: number;
  admin: number;
  implementation: number;
  total: number;
  byHand: number;
  /** Below zero where it is cheaper by hand. */
  saved: number;
}

/** The buyer's own total cost of a month, beside doing nothing: what people do by hand instead. */
export function ownTco(netCents: number, { seats, runs }: Pick<Usage, "seats" | "runs">, own: OwnAssumptions): OwnTco {
  const minutes = (count: number, each: number) =>
    Number(halfUp(BigInt(count) * BigInt(each) * BigInt(own.centsPerHour), 60n));
  const admin = minutes(seats, own.adminMinutesPerSeat);
  const implementation = Number(halfUp(BigInt(own.implementationCents), BigInt(own.amortMonths)));
  const total = netCents + admin + implementation;
  const byHand = minutes(runs, own.handMinutesPerRun);
  return { net: netCents, admin, implementation, total, byHand, saved: byHand - total };
}

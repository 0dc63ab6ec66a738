import { limitsOfPlan, type Projection, trialLimits } from "./projection";
import type { SkuId } from "./schema";

/** What a new tenant tries, and for how many days. */
export const TRIAL_PLAN = "standard";
export const TRIAL_DAYS = 14;

/** That a tenant tries a plan, by our own word: nobody pays, and the seller knows nothing of it. */
export interface Trial {
  plan: SkuId;
  catalogueVersion: number;
  startedAt: Date;
  endsAt: Date;
}

/** A trial at a moment: it tries until its end, and has paused from then on, so that all can be read and nothing is lost. */
export function trialProjection({ plan, catalogueVersion, startedAt, endsAt }: Trial, now: Date): Projection {
  const isOver = endsAt <= now;
  const limits = trialLimits(limitsOfPlan(plan, [], 0, catalogueVersion));
  return {
    ...{ source: "trial", plan, addOns: [], seats: limits.seats, limits, catalogueVersion, previous: null },
    ...{ status: isOver ? "paused" : "trialing", statusSince: isOver ? endsAt : startedAt },
    ...{ graceUntil: null, periodEnd: endsAt, cancelAtPeriodEnd: false, endsAt: null, endedAt: null },
  };
}

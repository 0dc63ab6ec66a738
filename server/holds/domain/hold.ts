/** What a hold does: a kill ends what runs and refuses starts, a pause lets starts queue. */
export const HOLD_KINDS = ["kill", "pause"] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** What a hold lies on. All tenants together have a table of their own, as no tenant owns that row. */
export const HOLD_SCOPES = ["workflow", "class", "tenant"] as const;
export type HoldScope = (typeof HOLD_SCOPES)[number];

/** Why a hold cannot be lifted, in words; null when it can. */
export function whyNotLifted(hold: { kind: HoldKind; liftedAt: Date | null; settledAt: Date | null }): string | null {
  if (hold.liftedAt !== null) return "It has been lifted already.";
  // Lifted now, what it has not ended yet would go on.
  if (hold.kind === "kill" && hold.settledAt === null)
    return "The kill still ends runs. Lift it once they have all ended, in a moment.";
  return null;
}

import { and, gt, lte } from "drizzle-orm";
import type { Database } from "@/db/client";
import { entitlementTrials } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import { TRIAL_NOTICE_DAYS } from "@/policies/entitlements/status";
import { standingOf } from "@/server/entitlements";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import { giveNotice } from "./give-notice";

interface TendContext {
  database: Database;
  clock: Clock;
  newId: NewId;
}

const DAY_MS = 86_400_000;
/** An end that is longer ago is no news any more, whatever kept it from being told. */
const NEWS_DAYS = 7;

/**
 * Has administrators told of trials without a card that end in three days, or have ended. Each once, and not where something was
 * bought or granted meanwhile. Gives how many were told now.
 */
export async function tendTrials({ database, clock, newId }: TendContext): Promise<number> {
  const now = clock.now();
  const { tenantId: tenant, endsAt } = entitlementTrials;
  const from = new Date(now.getTime() - NEWS_DAYS * DAY_MS);
  const to = new Date(now.getTime() + TRIAL_NOTICE_DAYS * DAY_MS);
  const due = await withSystem({ database }, "tend-trials", (tx) =>
    tx
      .select({ tenantId: tenant, endsAt })
      .from(entitlementTrials)
      .where(and(gt(endsAt, from), lte(endsAt, to))),
  );
  let told = 0;
  for (const { tenantId, endsAt: end } of due)
    told += await withTenant({ database, tenantId }, async (tx) => {
      const { projection } = await standingOf(tx, tenantId, now);
      if (projection?.source !== "trial") return 0;
      const kind = end <= now ? "ended" : "trial-ending";
      const nothing = { amountCents: null, currency: null, url: null };
      return giveNotice(
        tx,
        { tenantId, newId },
        [{ kind, key: `${kind}:trial`, at: end.toISOString(), ...nothing }],
        now,
      );
    });
  return told;
}

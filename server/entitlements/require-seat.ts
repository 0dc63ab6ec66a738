import { and, count, eq, isNull } from "drizzle-orm";
import { members } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { excessOf } from "@/policies/entitlements/access";
import { beyondPlan } from "./beyond-plan";
import { standingOf } from "./gate";

/** How many seats of a tenant are taken: members, whatever their roles, but for auditors, whose time is short and who only read. */
export async function seatsTaken(tx: Tx, tenantId: string): Promise<number> {
  const [row] = await tx
    .select({ taken: count() })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), isNull(members.auditorUntil)));
  return row?.taken ?? 0;
}

/**
 * Refuses one member more than a tenant has seats for (LimitReached). Those who are members already stay, also beyond the limit.
 * The caller holds the tenant's lock, so of two who join at once the last seat goes to one.
 */
export async function requireSeat(tx: Tx, tenantId: string, now: Date): Promise<void> {
  const standing = await standingOf(tx, tenantId, now);
  const taken = await seatsTaken(tx, tenantId);
  const [excess] = excessOf(standing.access.limits, { seats: taken + 1 });
  if (excess === undefined) return;
  const { allowed } = excess;
  throw beyondPlan(standing, {
    ...{ limit: "seats", reason: "seats", allowed, taken, words: `has ${allowed} seats, and ${taken} are taken` },
    else: "An administrator adds seats, or removes a member.",
  });
}

import { and, lt, notInArray } from "drizzle-orm";
import { billingEvents } from "@/db/schema";
import { withSystem } from "@/db/tenancy";

/** Longer than the 30 days in which the seller can be asked for an event, so that none is taken for a new one. */
const KEPT_DAYS = 35;

/** Deletes events that nothing is to be done about any more: not those that wait, or are dead until somebody replays them. Gives how many. */
export async function purgeEvents(ctx: Parameters<typeof withSystem>[0], now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  const { status, receivedAt } = billingEvents;
  const { rowCount } = await withSystem(ctx, "purge-expired", (tx) =>
    tx.delete(billingEvents).where(and(lt(receivedAt, before), notInArray(status, ["waiting", "dead"]))),
  );
  return rowCount ?? 0;
}

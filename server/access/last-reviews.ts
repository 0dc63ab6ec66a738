import { and, eq, inArray, isNotNull, max } from "drizzle-orm";
import { accessReviewItems } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { Holder } from "./holders";

const DAY_MS = 86_400_000;
/** Days after which access that nobody looked at is told. */
const LOOKED_AT_DAYS = 90;

/** When somebody last decided about each of these, by member or key id. */
export async function lastReviews(tx: Tx, tenantId: string, ids?: readonly string[]): Promise<Map<string, Date>> {
  const { holderId, decidedAt } = accessReviewItems;
  const rows = await tx
    .select({ holderId, at: max(decidedAt) })
    .from(accessReviewItems)
    .where(
      and(
        ...[eq(accessReviewItems.tenantId, tenantId), isNotNull(decidedAt)],
        ids === undefined ? undefined : inArray(holderId, [...ids]),
      ),
    )
    .groupBy(holderId);
  return new Map(rows.flatMap(({ holderId: id, at }) => (at === null ? [] : [[id, at] as const])));
}

/** True for access that is older than 90 days, and that nobody looked at in them. */
export function isUnreviewed({ since }: Holder, reviewedAt: Date | undefined, now: Date): boolean {
  const latest = Math.max(since.getTime(), reviewedAt?.getTime() ?? 0);
  return now.getTime() - latest > LOOKED_AT_DAYS * DAY_MS;
}

import { accessReviewItems, accessReviews } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { NewId } from "@/server/kernel/ids";
import type { ReviewScope } from "./domain/access";
import { monthsLater } from "./domain/schedule";
import type { Held } from "./take-snapshot";

export interface StartedReview {
  title: string;
  scope: ReviewScope;
  /** User ids. */
  reviewers: readonly string[];
  dueAt: Date;
  repeatsMonths: number | null;
  previousId: string | null;
  openedBy: string;
  sponsorId: string;
}

/** Rows of one insert: few enough for the parameters that a statement takes. */
const PART = 500;

/** Puts a review with what it looks at into the tables; gives its id. */
export async function startReview(
  tx: Tx,
  { tenantId, newId, now }: { tenantId: string; newId: NewId; now: Date },
  review: StartedReview,
  held: readonly Held[],
): Promise<string> {
  const { repeatsMonths, reviewers, ...rest } = review;
  const reviewId = newId("accessReview");
  await tx.insert(accessReviews).values({
    ...{ tenantId, id: reviewId, ...rest, reviewers: [...reviewers], status: "open", openedAt: now, repeatsMonths },
    nextAt: repeatsMonths === null ? null : monthsLater(now, repeatsMonths),
  });
  // Ids are minted in the order of the names, and sort by it.
  const rows = held.map(({ kind, holderId, about, snapshot }) => ({
    ...{ tenantId, id: newId("accessReviewItem"), reviewId, kind, holderId, name: snapshot.name, about, snapshot },
  }));
  for (let from = 0; from < rows.length; from += PART)
    await tx.insert(accessReviewItems).values(rows.slice(from, from + PART));
  return reviewId;
}

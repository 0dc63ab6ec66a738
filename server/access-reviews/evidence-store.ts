import { and, eq } from "drizzle-orm";
import { accessReviews } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { notFound, Refusal, unavailable } from "@/server/kernel/errors";
import { digestText } from "@/server/kernel/json";
import { type BlobStore, blobStoreOf } from "@/server/platform/blob-store";
import { env } from "@/server/platform/env";
import { type CallContext, defineRead } from "@/server/verb";
import type { Evidence } from "./domain/evidence";
import { loadReview, type ReviewRow } from "./load";
import { accessReviewSchema } from "./schemas";

/** By its digest, below its tenant. */
const keyOf = (tenantId: string, digest: string) => `access-reviews/${tenantId}/${digest.replace("sha256:", "")}`;

/**
 * Puts the evidence record of a closed review into the blob store, from where it is read from then on. May be repeated: the
 * same record again is the one that is there. Throws Unavailable.
 */
export async function keepEvidence(
  ctx: Pick<CallContext, "database"> & { tenantId: string; blobs: BlobStore },
  reviewId: string,
): Promise<"kept" | "nothing"> {
  const { tenantId, blobs } = ctx;
  const own = and(eq(accessReviews.tenantId, tenantId), eq(accessReviews.id, reviewId));
  const [review] = await withTenant(ctx, (tx) => tx.select().from(accessReviews).where(own));
  if (review?.evidence == null || review.evidenceDigest === null) return "nothing";
  try {
    await blobs.put(keyOf(tenantId, review.evidenceDigest), Buffer.from(review.evidence, "utf8"));
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "Conflict")) throw error;
  }
  await withTenant(ctx, (tx) => tx.update(accessReviews).set({ evidence: null }).where(own));
  return "kept";
}

const GONE = "The record is not there as it was kept. Its digest stands in the receipt of the closing.";

/** The record of a closed review as it was kept, once its bytes are seen to have its digest. Throws Unavailable. */
export async function readAccessEvidence(
  { tenantId, evidence, evidenceDigest }: Pick<ReviewRow, "tenantId" | "evidence" | "evidenceDigest">,
  blobs: BlobStore,
): Promise<string> {
  const bytes = evidence ?? (await blobs.get(keyOf(tenantId, evidenceDigest ?? "none")));
  if (bytes === null) throw unavailable(GONE);
  const text = Buffer.from(bytes).toString("utf8");
  if (digestText(text) !== evidenceDigest) throw unavailable(GONE);
  return text;
}

/**
 * The evidence record of a closed review, once its bytes are seen to have the digest that the closing receipt holds. Throws
 * NotFound for one that is open, Unavailable for a record that is gone or is not what was kept.
 */
export const getAccessEvidence = defineRead({
  action: "access_review.read",
  input: accessReviewSchema,
  load: loadReview,
  read: async (_scope, _input, { review }) => {
    if (review.evidenceDigest === null) throw notFound("evidence record");
    const text = await readAccessEvidence(review, blobStoreOf(env()));
    return { text, digest: review.evidenceDigest, record: JSON.parse(text) as Evidence };
  },
});

import { accessReviewClosed, keepEvidence as keep } from "@/server/access-reviews";
import { blobStoreOf } from "@/server/platform/blob-store";
import { countTimed } from "@/server/slos";
import type { JobDeps } from "../deps";

/** Puts the evidence record of a closed review into the blob store; tries again while that cannot take it. */
export const keepEvidence = ({ client, database, clock, env }: JobDeps) =>
  client.createFunction(
    { id: "keep-access-evidence", triggers: [{ event: accessReviewClosed.name }], retries: 20 },
    async ({ event, step }) => {
      const { tenantId, reviewId } = accessReviewClosed.payload.parse(event.data);
      const kept = await step.run("keep", () => keep({ database, tenantId, blobs: blobStoreOf(env) }, reviewId));
      const asked = { id: reviewId, askedAt: new Date(event.ts) };
      await step.run("count", () => countTimed({ database, clock, tenantId }, "compliance-path-latency", asked));
      return kept;
    },
  );

import { accessReviewClosed, keepEvidence as keep } from "@/server/access-reviews";
import { blobStoreOf } from "@/server/platform/blob-store";
import type { JobDeps } from "../deps";

/** Puts the evidence record of a closed review into the blob store; tries again while that cannot take it. */
export const keepEvidence = ({ client, database, env }: JobDeps) =>
  client.createFunction(
    { id: "keep-access-evidence", triggers: [{ event: accessReviewClosed.name }], retries: 20 },
    ({ event, step }) => {
      const { tenantId, reviewId } = accessReviewClosed.payload.parse(event.data);
      return step.run("keep", () => keep({ database, tenantId, blobs: blobStoreOf(env) }, reviewId));
    },
  );

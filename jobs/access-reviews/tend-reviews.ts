import { listDueReviews, repeatReview } from "@/server/access-reviews";
import { tellAccessReviewers } from "@/server/notifications";
import type { JobDeps } from "../deps";
import { mailReviewer } from "./ask-reviewers";

/** Each hour: reminds reviewers of what is due soon or overdue, once per occasion, and opens what follows a review. */
export const tendReviews = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "tend-access-reviews", triggers: [{ cron: "23 * * * *" }], retries: 3 },
    async ({ step, runId: requestId }) => {
      const due = await step.run("list", () => listDueReviews({ database, clock }));
      const call = { database, clock, newId, requestId };
      for (const one of due) {
        const { tenantId, reviewId } = one;
        if (one.does === "repeat") {
          await step.run(`repeat ${reviewId}`, () => repeatReview({ ...call, tenantId }, reviewId));
          continue;
        }
        const { name, occasion } = one;
        const told = await step.run(`tell ${reviewId} ${name}`, () =>
          tellAccessReviewers({ database, clock, newId, tenantId }, reviewId, { name, occasion }),
        );
        for (const userId of told)
          await step.run(`mail ${reviewId} ${name} ${userId}`, () =>
            mailReviewer(call, env, { tenantId, reviewId, userId }, occasion),
          );
      }
      return { due: due.length };
    },
  );

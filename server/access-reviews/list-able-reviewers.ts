import { defineRead, noInput } from "@/server/verb";
import { loadReviews } from "./load";
import { findReviewers } from "./reviewers";

/** The members who could be named as reviewers; for those who may open a review. */
export const listAbleReviewers = defineRead({
  action: "access_review.open",
  input: noInput,
  load: loadReviews,
  read: async ({ ctx, tx }) =>
    (await findReviewers(tx, ctx.tenantId)).map(({ memberId, name, email }) => ({ memberId, name, email })),
});

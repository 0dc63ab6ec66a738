import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  closeAccessReview,
  decideAccess,
  getAccessEvidence,
  getAccessReview,
  keepAccess,
  listAbleReviewers,
  listAccessReviews,
  listReviewedAccess,
  openAccessReview,
} from "./index";

export const accessReviewsRouter = createRouter({
  list: tenantQuery(listAccessReviews),
  get: tenantQuery(getAccessReview),
  items: tenantQuery(listReviewedAccess),
  reviewers: tenantQuery(listAbleReviewers),
  evidence: tenantQuery(getAccessEvidence),
  open: tenantMutation(openAccessReview),
  decide: tenantMutation(decideAccess),
  keep: tenantMutation(keepAccess),
  close: tenantMutation(closeAccessReview),
});

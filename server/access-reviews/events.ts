import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

const review = z.strictObject({ tenantId: idSchema("tenant"), reviewId: idSchema("accessReview") });

/** A review was opened, by a person or as it repeats: its reviewers are asked. */
export const accessReviewOpened = defineEvent("access_review.opened", review);
export const accessReviewDecided = defineEvent("access_review.decided", review);
/** A review was closed: its evidence record is to be kept. */
export const accessReviewClosed = defineEvent("access_review.closed", review);

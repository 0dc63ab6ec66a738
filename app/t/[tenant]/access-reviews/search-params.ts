import { z } from "zod";
import { cursorParam } from "@/app/_shared/page-params";

const reviewsParamsSchema = z.object({ cursor: cursorParam });

/** Which page of reviews is asked for; what makes no sense is left out. */
export const readReviewsParams = (params: Readonly<Record<string, unknown>>) => reviewsParamsSchema.parse(params);

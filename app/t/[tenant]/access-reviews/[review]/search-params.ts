import { z } from "zod";
import { cursorParam, hrefOf, textParam } from "@/app/_shared/page-params";
import { ITEM_PARTS } from "@/server/access-reviews/schemas";

const reviewParamsSchema = z.object({ only: z.enum(ITEM_PARTS).catch("all"), text: textParam, cursor: cursorParam });

/** Which items of a review are asked for; what makes no sense is left out. */
export const readReviewParams = (params: Readonly<Record<string, unknown>>) => reviewParamsSchema.parse(params);

interface At {
  only?: (typeof ITEM_PARTS)[number] | undefined;
  text?: string | undefined;
  cursor?: string | undefined;
}

/** The address of a page of a review's items. */
export const reviewHref = (tenant: string, review: string, { only, text, cursor }: At) =>
  hrefOf(`/t/${tenant}/access-reviews/${review}`, { only: only === "all" ? undefined : only, text, cursor });

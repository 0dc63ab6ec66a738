import { z } from "zod";

const VIEWS = ["timeline", "waterfall"] as const;
export type RunViewKind = (typeof VIEWS)[number];

const runParamsSchema = z.object({
  view: z.enum(VIEWS).catch("timeline"),
  page: z.coerce.number().pipe(z.int().min(1).max(100)).catch(1),
});

/** How a run's steps are shown, and which page of them; what makes no sense is left out. */
export const readRunParams = (params: Readonly<Record<string, unknown>>) => runParamsSchema.parse(params);

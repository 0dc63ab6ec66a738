import { z } from "zod";
import { cursorParam, hrefOf, textParam } from "@/app/_shared/page-params";

const workflowsParamsSchema = z.object({ text: textParam, cursor: cursorParam });

/** Which workflows are asked for; what makes no sense is left out. */
export const readWorkflowsParams = (params: Readonly<Record<string, unknown>>) => workflowsParamsSchema.parse(params);

/** The address of a page of workflows. */
export const workflowsHref = (tenant: string, at: { text?: string | undefined; cursor?: string | undefined }) =>
  hrefOf(`/t/${tenant}/workflows`, { text: at.text, cursor: at.cursor });

import { z } from "zod";

const workflowsParamsSchema = z.object({
  text: z.string().trim().min(1).max(120).optional().catch(undefined),
  cursor: z.string().max(200).optional().catch(undefined),
});

/** Which workflows are asked for; what makes no sense is left out. */
export function readWorkflowsParams(params: Readonly<Record<string, unknown>>) {
  return workflowsParamsSchema.parse({ text: params.text, cursor: params.cursor });
}

/** The address of a page of workflows. */
export function workflowsHref(
  tenant: string,
  { text, cursor }: { text?: string | undefined; cursor?: string },
): string {
  const params = new URLSearchParams();
  if (text !== undefined) params.set("text", text);
  if (cursor !== undefined) params.set("cursor", cursor);
  return `/t/${tenant}/workflows${params.size === 0 ? "" : `?${params}`}`;
}

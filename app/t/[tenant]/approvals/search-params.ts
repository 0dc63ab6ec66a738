import { z } from "zod";
import { cursorParam, hrefOf, textParam } from "@/app/_shared/page-params";
import { APPROVAL_TABS } from "@/server/approvals/schemas";

const approvalsParamsSchema = z.object({
  tab: z.enum(APPROVAL_TABS).catch("mine"),
  text: textParam,
  cursor: cursorParam,
});
export type ApprovalTab = (typeof APPROVAL_TABS)[number];

/** Which requests are asked for; what makes no sense is left out. */
export const readApprovalsParams = (params: Readonly<Record<string, unknown>>) => approvalsParamsSchema.parse(params);

interface At {
  tab?: ApprovalTab | undefined;
  text?: string | undefined;
  cursor?: string | undefined;
}

/** The address of a page of requests. */
export const approvalsHref = (tenant: string, { tab, text, cursor }: At) =>
  hrefOf(`/t/${tenant}/approvals`, { tab: tab === "mine" ? undefined : tab, text, cursor });

import { z } from "zod";

const approvalParamsSchema = z.object({ link: z.string().min(1).max(200).optional().catch("unreadable") });

/** The token of a mailed link, as it came. */
export const readApprovalParams = (params: Readonly<Record<string, unknown>>) => approvalParamsSchema.parse(params);

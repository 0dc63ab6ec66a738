import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";
import { APPROVAL_STATUSES } from "./domain/status";

const approval = z.strictObject({ tenantId: idSchema("tenant"), approvalId: idSchema("approval") });

/** A stage of a request asks for its approvals: the first when it is made, the others as it goes on. */
export const approvalAsked = defineEvent("approval.asked", approval.extend({ stage: z.int().min(0) }));
export const approvalEnded = defineEvent("approval.ended", approval.extend({ status: z.enum(APPROVAL_STATUSES) }));

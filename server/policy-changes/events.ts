import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";
import { POLICY_CHANGE_STATUSES } from "./domain/status";

const change = z.strictObject({ tenantId: idSchema("tenant"), changeId: idSchema("policyChange") });

/** Somebody, or another default of the deployment, wants a tenant governed otherwise. */
export const policyProposed = defineEvent("policy.proposed", change);
export const policyDecided = defineEvent("policy.decided", change.extend({ status: z.enum(POLICY_CHANGE_STATUSES) }));

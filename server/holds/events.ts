import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";
import { HOLD_KINDS } from "./domain/hold";

const hold = z.strictObject({ tenantId: idSchema("tenant"), holdId: idSchema("hold"), kind: z.enum(HOLD_KINDS) });

export const holdSet = defineEvent("hold.set", hold);
export const holdLifted = defineEvent("hold.lifted", hold);

const ofAll = z.strictObject({ tenantId: idSchema("tenant"), holdId: idSchema("hold") });

/** All tenants were killed, by the operating tenant that is named. */
export const deploymentKilled = defineEvent("deployment.killed", ofAll);
export const deploymentLifted = defineEvent("deployment.lifted", ofAll);

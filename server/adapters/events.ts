import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

const adapter = z.strictObject({ tenantId: idSchema("tenant"), adapterId: idSchema("adapter") });

export const adapterRegistered = defineEvent("adapter.registered", adapter);
export const adapterUpdated = defineEvent("adapter.updated", adapter);
export const adapterRotated = defineEvent("adapter.rotated", adapter);
export const adapterEnded = defineEvent("adapter.ended", adapter);

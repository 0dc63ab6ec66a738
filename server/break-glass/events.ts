import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

const grant = z.strictObject({ tenantId: idSchema("tenant"), grantId: idSchema("breakGlass") });

/** Somebody asked for break-glass, and a second person has to open it. */
export const breakGlassAsked = defineEvent("break_glass.asked", grant);
/** Break-glass is open for somebody. */
export const breakGlassOpened = defineEvent("break_glass.opened", grant);
/** It is not open any more, and somebody else has to look at what it was used for. */
export const breakGlassEnded = defineEvent("break_glass.ended", grant);

import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

/** The controls of a tenant are to be looked at: a job runs every probe. */
export const controlsDue = defineEvent(
  "controls.due",
  z.strictObject({ tenantId: idSchema("tenant"), collectionId: idSchema("controlCollection") }),
);

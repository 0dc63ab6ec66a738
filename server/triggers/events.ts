import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

/** A tenant's program sent an event of its own. */
export const eventSent = defineEvent(
  "event.sent",
  z.strictObject({ tenantId: idSchema("tenant"), eventId: idSchema("event") }),
);

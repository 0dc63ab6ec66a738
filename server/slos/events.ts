import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

const alert = z.strictObject({
  tenantId: idSchema("tenant"),
  alertId: idSchema("sloAlert"),
  sloId: idSchema("slo"),
  severity: z.enum(["page", "ticket"]),
});

/** An alert of an objective came on. */
export const sloBreached = defineEvent("slo.breached", alert);
/** It went off. */
export const sloRecovered = defineEvent("slo.recovered", alert);

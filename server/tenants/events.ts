import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";
import { plan } from "./schemas";

export const tenantCreated = defineEvent("tenant.created", z.strictObject({ tenantId: idSchema("tenant") }));

/** The operating tenant has asked for a tenant of somebody else: a job makes it. */
export const tenantProvisioned = defineEvent(
  "tenant.provisioned",
  z.strictObject({
    tenantId: idSchema("tenant"),
    forTenantId: idSchema("tenant"),
    wanted: z.strictObject({
      ...{ name: z.string(), slug: z.string(), email: z.string(), plan, moreSeats: z.int(), reason: z.string() },
      expiresAt: z.iso.datetime(),
    }),
    /** As receipts name people, and by their id. */
    provisionedBy: z.string(),
    userId: z.string(),
    provisionedAt: z.iso.datetime(),
  }),
);

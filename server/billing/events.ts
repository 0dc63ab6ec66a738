import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";
import { grantSchema } from "./schemas";

/** The operating tenant has granted a plan by hand to a tenant, or taken it away. */
export const planGranted = defineEvent(
  "plan.granted",
  z.strictObject({
    tenantId: idSchema("tenant"),
    forTenantId: idSchema("tenant"),
    /** Null where what was granted is taken away. */
    granted: grantSchema.nullable(),
    grantedBy: z.string(),
    grantedAt: z.iso.datetime(),
  }),
);

/** What a tenant has bought, as far as others act on it. */
const boughtSchema = z
  .strictObject({
    plan: z.string().nullable(),
    addOns: z.array(z.string()),
    seats: z.int().nullable(),
    status: z.string(),
    endsAt: z.iso.datetime().nullable(),
  })
  .nullable();

/** What a tenant has bought is now something else; versions count up without a gap. */
export const planChanged = defineEvent(
  "plan.changed",
  z.strictObject({ tenantId: idSchema("tenant"), version: z.int(), before: boughtSchema, after: boughtSchema }),
);

/** The seller told of something about a customer: it is to be fetched. */
export const customerTouched = defineEvent(
  "customer.touched",
  z.strictObject({ tenantId: idSchema("tenant"), customerId: z.string().max(255) }),
);

/** The seller began an invoice, which takes in what was used of its period for an hour yet. */
export const invoiceDrafted = defineEvent(
  "invoice.drafted",
  z.strictObject({ tenantId: idSchema("tenant"), customerId: z.string().max(255) }),
);

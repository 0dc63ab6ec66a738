import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";
import { NOTICE_KINDS } from "./domain/inbox";
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

/** Administrators are to be told something about payments, once. */
export const billingNoticed = defineEvent(
  "billing.noticed",
  z.strictObject({
    tenantId: idSchema("tenant"),
    key: z.string().max(600),
    kind: z.enum(NOTICE_KINDS),
    amountCents: z.int().nullable(),
    currency: z.string().nullable(),
    /** Where it is settled at the seller; null where that is the Billing page. */
    url: z.string().nullable(),
    at: z.iso.datetime().nullable(),
  }),
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

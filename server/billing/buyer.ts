import { defineRead, noInput } from "@/server/verb";
import { billingItself } from "./billing-itself";
import { findLivingCustomer } from "./ensure-customer";

/** Who asks may see what the tenant pays for; gives its customer at the seller, null for one that never bought. */
export const askedForCustomer = defineRead({
  action: "billing.read",
  input: noInput,
  load: billingItself,
  read: async ({ ctx, tx }) => (await findLivingCustomer(tx, ctx.tenantId))?.id ?? null,
});

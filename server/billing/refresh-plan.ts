import { actorRef } from "@/server/kernel/actor";
import { defineRead, noInput, type Verb } from "@/server/verb";
import { billingItself } from "./billing-itself";
import { findLivingCustomer } from "./ensure-customer";
import { findSeller } from "./seller";
import { syncCustomer } from "./sync-customer";

const asked = defineRead({
  action: "billing.read",
  input: noInput,
  load: billingItself,
  read: ({ ctx, tx }) => findLivingCustomer(tx, ctx.tenantId),
});

/** Brings the plan to what the seller says now, for whoever comes back from the portal. Nothing where nothing was ever bought. */
export const refreshPlan: Verb<typeof noInput, { isChanged: boolean }> = Object.assign(
  async (...[ctx, input]: Parameters<typeof asked>): Promise<{ isChanged: boolean }> => {
    const [seller, customer] = [findSeller(), await asked(ctx, input)];
    if (seller === null || customer === null) return { isChanged: false };
    const { isChanged } = await syncCustomer({ ...ctx, seller, by: actorRef(ctx.actor) }, customer.id);
    return { isChanged };
  },
  { kind: "write" as const, action: asked.action, input: asked.input },
);

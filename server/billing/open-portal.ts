import { env } from "@/server/platform/env";
import { preconditionFailed, unavailable } from "@/server/kernel/errors";
import { defineWrite, noInput, type Verb } from "@/server/verb";
import { atSeller } from "./at-seller";
import { billingItself } from "./billing-itself";
import { findLivingCustomer } from "./ensure-customer";
import { findPortalConfiguration } from "./portal-configuration";
import { getSeller } from "./seller";

const asked = defineWrite({
  action: "billing.change",
  receipt: "billing.portal",
  input: noInput,
  load: billingItself,
  write: async ({ ctx, tx }) => {
    const { stripe } = getSeller();
    const customer = await findLivingCustomer(tx, ctx.tenantId);
    if (customer === null)
      throw preconditionFailed("This tenant has bought nothing yet, so there is nothing to manage.");
    return { value: { ...customer, stripe } };
  },
});

/** Opens the seller's portal for the tenant's customer: cards, invoices, tax numbers, cancellation. Gives its page, good for minutes. */
export const openPortal: Verb<typeof noInput, { url: string }> = Object.assign(
  async (...[ctx, input]: Parameters<typeof asked>): Promise<{ url: string }> => {
    const { id, stripe } = await asked(ctx, input);
    const configuration = await atSeller(() => findPortalConfiguration(stripe));
    if (configuration === null)
      throw unavailable(
        "The customer portal is not set up. Whoever operates this deployment runs conductor stripe apply.",
      );
    const return_url = `${env().CONDUCTOR_PUBLIC_URL}/t/${ctx.tenant.slug}/billing/done`;
    const { url } = await atSeller(() =>
      stripe.billingPortal.sessions.create({ customer: id, configuration: configuration.id, return_url }),
    );
    return { url };
  },
  { kind: asked.kind, action: asked.action, input: asked.input },
);

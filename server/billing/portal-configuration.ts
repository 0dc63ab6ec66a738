import type { Stripe } from "@/server/platform/stripe";

/** Marks the configuration that is ours: which one is the account's default is nobody's promise. */
export const PORTAL_MARK = { conductor: "portal" } as const;

const ALLOWED = ["email", "name", "address", "tax_id"] as const;

/**
 * What customers may do by themselves at the seller. No change of plan or seats: the seller's portal changes no subscription of
 * several products, and ours have a plan, seats and metered use; that is done here, with a preview.
 */
export const PORTAL_FEATURES: Stripe.BillingPortal.ConfigurationCreateParams.Features = {
  customer_update: { enabled: true, allowed_updates: [...ALLOWED] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: {
    ...{ enabled: true, mode: "at_period_end", proration_behavior: "none" },
    cancellation_reason: { enabled: true, options: ["too_expensive", "missing_features", "switched_service", "other"] },
  },
  subscription_update: { enabled: false },
};

/** Whether a configuration allows what it should, and nothing else. */
export function isPortalAsDesired({ features }: Stripe.BillingPortal.Configuration): boolean {
  const { customer_update: update, subscription_cancel: cancel } = features;
  const allowed = [...ALLOWED].sort().join();
  return (
    update.enabled &&
    [...update.allowed_updates].sort().join() === allowed &&
    features.invoice_history.enabled &&
    features.payment_method_update.enabled &&
    cancel.enabled &&
    cancel.mode === "at_period_end" &&
    !features.subscription_update.enabled
  );
}

/** Our configuration of the portal; null until `conductor stripe apply` made it. */
export async function findPortalConfiguration(stripe: Stripe): Promise<Stripe.BillingPortal.Configuration | null> {
  for await (const each of stripe.billingPortal.configurations.list({ limit: 100 }))
    if (each.metadata?.conductor === PORTAL_MARK.conductor) return each;
  return null;
}

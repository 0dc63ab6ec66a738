import type { Inclusions } from "../http/expand";
import type { Route } from "../http/route";
import { CHECKOUT_SESSIONS, lineItemsOf } from "./checkout-sessions";
import { COUPONS } from "./coupons";
import { CUSTOMERS } from "./customers";
import { EVENTS } from "./events";
import { INVOICE_ITEMS } from "./invoice-items";
import { INVOICE_PREVIEWS } from "./invoice-previews";
import { INVOICES } from "./invoices";
import { PAYMENT_INTENTS, paymentListOf } from "./payment-intents";
import { EVENT_DESTINATIONS } from "./event-destinations";
import { METER_EVENTS } from "./meter-events";
import { METERS } from "./meters";
import { PAYMENT_METHODS } from "./payment-methods";
import { PORTAL_CONFIGURATIONS } from "./portal-configurations";
import { PORTAL_SESSIONS } from "./portal-sessions";
import { PRICES } from "./prices";
import { PRODUCTS } from "./products";
import { PROMOTION_CODES } from "./promotion-codes";
import { SUBSCRIPTION_ITEMS } from "./item-operations";
import { SCHEDULES } from "./schedules";
import { SUBSCRIPTION_PAUSES } from "./subscription-pause";
import { SUBSCRIPTIONS, subscriptionsOf } from "./subscriptions";
import { TAX_IDS, taxIdsOf } from "./tax-ids";
import { WEBHOOK_ENDPOINTS } from "./webhook-endpoints";

/** Every operation that the sandbox answers. */
export const ROUTES: readonly Route[] = [
  ...CUSTOMERS,
  ...PRODUCTS,
  ...PRICES,
  ...COUPONS,
  ...PROMOTION_CODES,
  ...PAYMENT_METHODS,
  ...PAYMENT_INTENTS,
  ...TAX_IDS,
  ...PORTAL_CONFIGURATIONS,
  ...PORTAL_SESSIONS,
  ...CHECKOUT_SESSIONS,
  ...SUBSCRIPTIONS,
  ...SUBSCRIPTION_ITEMS,
  ...SUBSCRIPTION_PAUSES,
  ...SCHEDULES,
  ...INVOICES,
  ...INVOICE_PREVIEWS,
  ...INVOICE_ITEMS,
  ...METERS,
  ...METER_EVENTS,
  ...EVENTS,
  ...EVENT_DESTINATIONS,
  ...WEBHOOK_ENDPOINTS,
];

/** What objects leave out until `expand` asks for it. */
export const INCLUSIONS: Inclusions = {
  "checkout.session.line_items": (account, { id }) => lineItemsOf(account, String(id)),
  "customer.tax_ids": (account, { id }) => taxIdsOf(account, String(id)),
  "invoice.payments": (account, { id }) => paymentListOf(account, String(id)),
  "customer.subscriptions": (account, { id }) => subscriptionsOf(account, String(id)),
  "price.tiers": ({ store }, { id }) => store.get("price_tiers", String(id))?.tiers,
  "coupon.applies_to": ({ store }, { id }) => {
    const scope = store.get("coupon_scope", String(id));
    return scope === undefined ? undefined : { products: scope.products };
  },
};

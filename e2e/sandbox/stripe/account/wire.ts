import type Stripe from "stripe";
import type { DiscountFacts } from "../engine/discounts";

/** A line of an invoice that is not made yet; cents, and seconds since 1970. */
export interface LineDraft {
  /** Once it stands on an invoice. */
  id?: string;
  /** The subscription's item, or null for what was added by hand. */
  itemId: string | null;
  /** The invoice item that it waited as. */
  invoiceItem?: string;
  price: Wire<Stripe.Price> | null;
  quantity: number;
  cents: number;
  description: string | null;
  period: { start: number; end: number };
  isProration: boolean;
  /** Of a metered price: whose usage it bills, from a moment up to but without another. */
  usage?: { customer: string; start: number; end: number };
  /** Unless it says otherwise, all but prorations. */
  isDiscountable?: boolean;
}

type Plain = string | number | boolean | null | undefined;

/** A type of the SDK as it travels: decimals are strings there, and the SDK makes them objects on arrival. */
export type Wire<T> = T extends Plain
  ? T
  : T extends Stripe.Decimal
    ? string
    : T extends readonly (infer Item)[]
      ? Wire<Item>[]
      : { [Name in keyof T]: Wire<T[Name]> };

/** An event whose notification holds no data. */
export interface ThinEvent {
  id: string;
  object: "v2.core.event";
  created: string;
  livemode: false;
  type: string;
  data: object;
  related_object?: { id: string; type: string; url: string };
}

/** What an account keeps, by the word in an object's `object`. Fields that can be expanded hold ids. */
export interface Kinds {
  /** Under the id of its payment method, whose cardholder has confirmed it in person. */
  authentication: { id: string; object: "authentication" };
  "billing.meter": Wire<Stripe.Billing.Meter>;
  "billing_portal.configuration": Wire<Stripe.BillingPortal.Configuration>;
  "billing_portal.session": Wire<Stripe.BillingPortal.Session>;
  "checkout.session": Wire<Stripe.Checkout.Session>;
  coupon: Wire<Stripe.Coupon>;
  /** Under the id of its coupon, which shows it only when asked. */
  coupon_scope: { id: string; object: "coupon_scope"; products: string[] };
  customer: Wire<Stripe.Customer>;
  discount: Wire<Stripe.Discount>;
  /** Under the id of its discount: what the coupon said when it was redeemed, and whether that is used up. */
  discount_terms: { id: string; object: "discount_terms"; facts: DiscountFacts; isOnce: boolean; isSpent: boolean };
  event: { id: string; object: "event"; created: number; type: string; data: { object: unknown } };
  invoice: Wire<Stripe.Invoice>;
  invoice_payment: Wire<Stripe.InvoicePayment>;
  payment_intent: Wire<Stripe.PaymentIntent>;
  /** Under the id of its invoice: what its lines were made of, to make them again. */
  invoice_terms: { id: string; object: "invoice_terms"; drafts: LineDraft[] };
  invoiceitem: Wire<Stripe.InvoiceItem>;
  /** Usage as it was reported; `value` in units of 10^-12. */
  meter_event: {
    id: string;
    object: "meter_event";
    identifier: string;
    meter: string;
    customer: string;
    value: bigint;
    timestamp: number;
    received: number;
    isCancelled: boolean;
  };
  /** Under the identifier of a report: when it was last taken. */
  meter_identifier: { id: string; object: "meter_identifier"; received: number };
  /** What was told once and is not told again. */
  notice: { id: string; object: "notice" };
  /** Under the id of its invoice item: a line that waits for the next invoice of its subscription or, without one, of its customer. */
  pending_line: {
    id: string;
    object: "pending_line";
    customer: string;
    subscription: string | null;
    line: LineDraft;
  };
  payment_method: Wire<Stripe.PaymentMethod>;
  price: Wire<Stripe.Price>;
  /** Under the id of its portal session: when a customer last saw it. */
  portal_visit: { id: string; object: "portal_visit"; seenAt: number };
  /** Under the id of their price, which shows them only when asked. */
  price_tiers: { id: string; object: "price_tiers"; tiers: Wire<Stripe.Price.Tier>[] };
  product: Wire<Stripe.Product>;
  promotion_code: Wire<Stripe.PromotionCode>;
  /** Under the id of its session: the subscription that was begun there and waits for its first payment. */
  session_attempt: { id: string; object: "session_attempt"; subscription: string };
  /** Under the id of their session: what its completion needs. */
  session_terms: {
    id: string;
    object: "session_terms";
    lines: Wire<Stripe.LineItem>[];
    discounts: Stripe.Checkout.SessionCreateParams.Discount[];
    subscription: Stripe.Checkout.SessionCreateParams.SubscriptionData;
    /** What of the customer may be overwritten by what is written on the page. */
    update: Stripe.Checkout.SessionCreateParams.CustomerUpdate;
  };
  subscription: Wire<Stripe.Subscription>;
  tax_id: Wire<Stripe.TaxId>;
  subscription_schedule: Wire<Stripe.SubscriptionSchedule>;
  /** Under the id of its item: the moment from which its present price counts usage. */
  usage_start: { id: string; object: "usage_start"; from: number };
  "v2.core.event": ThinEvent;
  "v2.core.event_destination": Wire<Stripe.V2.Core.EventDestination>;
  webhook_endpoint: Wire<Stripe.WebhookEndpoint>;
}

export type Kind = keyof Kinds;

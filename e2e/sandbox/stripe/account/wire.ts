import type Stripe from "stripe";

type Plain = string | number | boolean | null | undefined;

/** A type of the SDK as it travels: decimals are strings there, and the SDK makes them objects on arrival. */
export type Wire<T> = T extends Plain
  ? T
  : T extends Stripe.Decimal
    ? string
    : T extends readonly (infer Item)[]
      ? Wire<Item>[]
      : { [Name in keyof T]: Wire<T[Name]> };

/** What an account keeps, by the word in an object's `object`. Fields that can be expanded hold ids. */
export interface Kinds {
  "checkout.session": Wire<Stripe.Checkout.Session>;
  coupon: Wire<Stripe.Coupon>;
  /** Under the id of its coupon, which shows it only when asked. */
  coupon_scope: { id: string; object: "coupon_scope"; products: string[] };
  customer: Wire<Stripe.Customer>;
  event: { id: string; object: "event"; created: number; type: string; data: { object: unknown } };
  invoice: Wire<Stripe.Invoice>;
  payment_method: Wire<Stripe.PaymentMethod>;
  price: Wire<Stripe.Price>;
  /** Under the id of their price, which shows them only when asked. */
  price_tiers: { id: string; object: "price_tiers"; tiers: Wire<Stripe.Price.Tier>[] };
  product: Wire<Stripe.Product>;
  promotion_code: Wire<Stripe.PromotionCode>;
  subscription: Wire<Stripe.Subscription>;
  webhook_endpoint: Wire<Stripe.WebhookEndpoint>;
}

export type Kind = keyof Kinds;

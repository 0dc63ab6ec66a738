/**
 * What of Stripe's objects is read, by the names of its API of 2026-10-28. Its own types are assignable to these, which a test
 * compiles; moments are seconds since 1970.
 */
export interface StripePrice {
  id: string;
  /** Moves to another price when prices change; null for one that it has left. */
  lookup_key: string | null;
  /** `conductor_price` stays what the lookup key was when it was made. */
  metadata: Readonly<Record<string, string>>;
}

export interface StripeItem {
  id: string;
  price: StripePrice;
  /** None for what is metered. */
  quantity?: number;
  current_period_end: number;
}

export interface StripeSubscription {
  id: string;
  created: number;
  livemode: boolean;
  /** An open list at Stripe: another word may come. */
  status: string;
  items: { data: readonly StripeItem[]; has_more: boolean };
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  ended_at: number | null;
  trial_end: number | null;
  pause_collection: object | null;
  metadata: Readonly<Record<string, string>>;
}

export interface StripeInvoice {
  id?: string;
  created: number;
  /** Null while it is a draft of a draft; else draft, open, paid, uncollectible or void. */
  status: string | null;
  amount_paid: number;
  attempt_count: number;
  collection_method: string;
  due_date: number | null;
  status_transitions: { finalized_at: number | null };
  parent: { subscription_details: { subscription: string | { id: string } } | null } | null;
}

export interface StripeCustomer {
  id: string;
  deleted?: undefined;
  livemode: boolean;
  metadata: Readonly<Record<string, string>>;
}
export interface DeletedStripeCustomer {
  id: string;
  deleted: true;
}

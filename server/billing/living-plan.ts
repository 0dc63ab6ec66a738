import { madeAs, readItems } from "@/policies/entitlements/bought-items";
import { type Choice, type KnownItem, SOLD_PLANS, type SoldPlan } from "@/policies/entitlements/change-plan";
import { chooseSubscription } from "@/policies/entitlements/choose-subscription";
import { openDisputes } from "@/policies/entitlements/disputes";
import { preconditionFailed } from "@/server/kernel/errors";
import type { Stripe } from "@/server/platform/stripe";
import { atSeller } from "./at-seller";
import { type FetchedCustomer, fetchCustomer } from "./fetch-customer";
import type { Seller } from "./seller";

/** What a tenant has by a subscription that lives. Moments are seconds since 1970, as the seller counts. */
export interface LivingPlan {
  subscription: Stripe.Subscription;
  choice: Choice;
  catalogueVersion: number;
  items: KnownItem[];
  period: { start: number; end: number };
  /** Whether a bank has yet to decide about something that was paid for it. */
  isDisputed: boolean;
}

const isSold = (plan: string): plan is SoldPlan => (SOLD_PLANS as readonly string[]).includes(plan);

/** What the items of a subscription come to as a choice; null where they are no plan that is sold here. */
export function choiceOf(subscription: Stripe.Subscription): { choice: Choice; catalogueVersion: number } | null {
  const read = readItems(subscription);
  if (!("plan" in read) || !isSold(read.plan.plan)) return null;
  const { plan, addOns, moreSeats, catalogueVersion } = read.plan;
  const sold = addOns.filter((name) => name === "incident" || name === "compliance");
  return { choice: { plan, addOns: sold, moreSeats }, catalogueVersion };
}

const WHY_NOT: Readonly<Record<string, string>> = {
  past_due: "A payment failed: settle the open invoice first, then change the plan.",
  unpaid: "An invoice was not paid: settle it first, then change the plan.",
  incomplete: "The first payment is not through yet: finish it, then change the plan.",
  paused: "The plan is paused: whoever operates this deployment resumes it.",
};

function chosenOf({ subscriptions, invoices }: FetchedCustomer): Stripe.Subscription | null {
  const { chosen } = chooseSubscription(subscriptions, invoices);
  return subscriptions.find(({ id }) => id === chosen?.id) ?? null;
}

/** The subscription of a customer that counts, as the seller has it now; null where there is none. */
export const findSubscription = async ({ stripe }: Seller, customerId: string): Promise<Stripe.Subscription | null> =>
  chosenOf(await atSeller(() => fetchCustomer(stripe, customerId)));

/** The plan of a customer as the seller has it now. Throws PreconditionFailed where there is none that could be changed. */
export async function loadLivingPlan(seller: Seller, customerId: string): Promise<LivingPlan> {
  const fetched = await atSeller(() => fetchCustomer(seller.stripe, customerId));
  const subscription = chosenOf(fetched);
  const nothing = () => preconditionFailed("This tenant has no plan that could be changed. Choose one first.");
  if (subscription === null) throw nothing();
  const { status } = subscription;
  if (status !== "active" && status !== "trialing") {
    const why = WHY_NOT[status];
    throw why === undefined ? nothing() : preconditionFailed(why, { reason: status });
  }
  const known = choiceOf(subscription);
  const [first] = subscription.items.data;
  if (known === null || first === undefined)
    throw preconditionFailed(
      "What this tenant has was put together by hand. Whoever operates this deployment changes it.",
    );
  const items = subscription.items.data.flatMap(({ id, price, quantity }): KnownItem[] => {
    const what = madeAs(price)?.what;
    return what === undefined ? [] : [{ id, what, quantity }];
  });
  return {
    ...{ ...known, subscription, items },
    period: { start: first.current_period_start, end: first.current_period_end },
    isDisputed: openDisputes(subscription, fetched.disputes).length > 0,
  };
}
